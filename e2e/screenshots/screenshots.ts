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
    const picture = await studio.page.screenshot({ type: 'png' })
    await sharp(picture)
      .webp({ quality: 80, smartSubsample: true })
      .toFile(join(OUT, `${name}.webp`))
  }
  const visitor = await beginTour(studio, await writeStoryPhotos(folder), photograph)
  for (const [name, chapter] of Object.entries(CHAPTERS)) await test.step(name, () => chapter(visitor)).catch((e) => { console.log('FAILED', name, String(e)); return studio.page.keyboard.press('Escape').then(()=>studio.page.keyboard.press('Escape')) })
  await studio.quit()
  await removeFolder(studio.folder)
  await removeFolder(folder)
})
