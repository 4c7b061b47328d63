import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@playwright/test'
import sharp from 'sharp'
import { writeStoryPhotos } from '../story-photos.ts'
import { launchStudio, removeFolder } from '../studio-app.ts'
import { beginTour, CHAPTERS } from '../tour/tour.ts'

const OUT = join('docs', 'screens')

/** Every screen of the built studio, with photos in the public domain, as `docs/screens/NAME.webp`. */
test('screens', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'studio-screens-'))
  await rm(OUT, { recursive: true, force: true })
  await mkdir(OUT, { recursive: true })
  const studio = await launchStudio()
  const photograph = async (name: string) => {
    // As the window shows it: Playwright's own pictures leave out what a zoomed page has beyond its unzoomed size.
    const encoded = await studio.app.evaluate(async ({ BrowserWindow }) => {
      const picture = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage()
      return picture?.toPNG().toString('base64') ?? ''
    })
    const picture = Buffer.from(encoded, 'base64')
    await sharp(picture)
      .webp({ quality: 80, smartSubsample: true })
      .toFile(join(OUT, `${name}.webp`))
  }
  const visitor = await beginTour(studio, await writeStoryPhotos(folder), photograph)
  for (const [name, chapter] of Object.entries(CHAPTERS)) await test.step(name, () => chapter(visitor))

  await studio.quit()
  await removeFolder(studio.folder)
  await removeFolder(folder)
})
