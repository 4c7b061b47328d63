import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@playwright/test'
import sharp from 'sharp'
import { writeStoryPhotos } from '../story-photos.ts'
import { launchStudio, removeFolder, type StudioApp } from '../studio-app.ts'
import { calibrate, seeJudged } from '../tour/judged-screens.ts'
import { openJudgingServer } from '../tour/judging-server.ts'
import { beginTour, CHAPTERS } from '../tour/tour.ts'

const OUT = join('docs', 'screens')

/** As the window shows it: Playwright's own pictures leave out what a zoomed page has beyond its unzoomed size. */
const photographerOf = (studio: StudioApp) => async (name: string) => {
  const encoded = await studio.app.evaluate(async ({ BrowserWindow }) => {
    const picture = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage()
    return picture?.toPNG().toString('base64') ?? ''
  })
  await sharp(Buffer.from(encoded, 'base64'))
    .webp({ quality: 80, smartSubsample: true })
    .toFile(join(OUT, `${name}.webp`))
}

/** Every screen of the built studio, with photos in the public domain, as `docs/screens/NAME.webp`. */
test('screens', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'studio-screens-'))
  await rm(OUT, { recursive: true, force: true })
  await mkdir(OUT, { recursive: true })
  const studio = await launchStudio()
  const visitor = await beginTour(studio, await writeStoryPhotos(folder), photographerOf(studio))
  for (const [name, chapter] of Object.entries(CHAPTERS)) await test.step(name, () => chapter(visitor))

  await studio.quit()
  await removeFolder(studio.folder)
  await removeFolder(folder)
})

/** Alone: `npm run screens -- -g judges`; the other pictures stay. */
test('screens where a model judges', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'studio-screens-'))
  const server = await openJudgingServer()
  const environment = { VLLM_SERVER_URL: server.url }
  const photos = await writeStoryPhotos(folder)
  await calibrate(join(folder, 'data'), environment, photos.grace)
  const studio = await launchStudio({ folder, environment })
  await seeJudged(await beginTour(studio, photos, photographerOf(studio)))

  await studio.quit()
  await server.close()
  await removeFolder(folder)
})
