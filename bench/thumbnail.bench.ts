/**
 * How soon a thumbnail that was never made before is on the page, beside sharp's own work for the same file: decoding it
 * at the smallest scale that suffices and resizing it, by the same build of sharp (WebAssembly under Electron on Linux) in
 * a utility process of the same Electron, warm, in turns. The thumbnail's time goes from the moment the page names its
 * address until the browser has decoded it: the call into the engine, its checks, decode, colour, resize, encode, file,
 * protocol. Sharp's time is its own, without messages. Run it with `npm run bench -- thumbnail`.
 */
import { mkdir, mkdtemp } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import sharp from 'sharp'
import findElectron from '../e2e/global-setup.ts'
import { launchStudio, removeFolder, type StudioApp } from '../e2e/studio-app.ts'
import { FileArtifactStore } from '../src/main/store/artifacts/file-artifact-store.ts'
import { SAMPLES } from './window/filled-store.ts'
import { median } from './window/statistics.ts'

const EDGE = 320
const ROUNDS = 9
const WARM_UP = 3
const WANTED = 1.5
/** Longer edges of the photos: a 24 megapixel camera's, and a small one from a telephone or the web. */
const SIZES = [6000, 1200]

/** A photo that is no other's, with grain, so that the file is as large as a camera's. */
async function photo(number: number, edge: number, path: string): Promise<void> {
  const sample = SAMPLES[number % SAMPLES.length] ?? ''
  const { data, info } = await sharp(sample)
    .resize(edge, edge, { fit: 'inside' })
    .raw()
    .toBuffer({ resolveWithObject: true })
  for (let at = 0, noise = number + 1; at < data.length; at += 1) {
    // Numerical Recipes' quick generator.
    noise = (Math.imul(noise, 1_664_525) + 1_013_904_223) | 0
    data[at] = Math.min(255, Math.max(0, (data[at] ?? 0) + (noise >> 28)))
  }
  const { width, height, channels } = info
  await sharp(data, { raw: { width, height, channels } }).jpeg({ quality: 92 }).toFile(path)
}

async function thumbnailMs({ page }: StudioApp, id: string): Promise<number> {
  return await page.evaluate(async (address) => {
    const began = performance.now()
    const image = new Image()
    image.src = address
    await image.decode()
    return performance.now() - began
  }, `studio-media://thumbnail/${id}?edge=${EDGE}`)
}

async function sharpAlone({ app }: StudioApp) {
  return await app.evaluateHandle(
    ({ utilityProcess }, entry) => utilityProcess.fork(entry, [], { serviceName: 'sharp alone' }),
    resolve('bench', 'window', 'sharp-alone.mjs')
  )
}

async function sharpMs(
  alone: Awaited<ReturnType<typeof sharpAlone>>,
  path: string
): Promise<{ resized: number; encoded: number }> {
  return await alone.evaluate(
    (process, asked) =>
      new Promise<{ resized: number; encoded: number }>((answer) => {
        process.once('message', answer)
        process.postMessage(asked)
      }),
    { path, edge: EDGE }
  )
}

await findElectron()
const folder = await mkdtemp(join(tmpdir(), 'apex-bench-thumbnail-'))
try {
  const artifacts = await FileArtifactStore.open(join(folder, 'data', 'artifacts'))
  const photos = join(folder, 'photos')
  await mkdir(photos)
  const stored: { readonly size: number; readonly path: string; readonly id: string; bytes: number }[] = []
  for (const size of SIZES) {
    for (let number = 0; number < ROUNDS + WARM_UP; number += 1) {
      const path = join(photos, `${size}-${number}.jpg`)
      await photo(number, size, path)
      const { id, bytes } = await artifacts.putFile(path)
      stored.push({ size, path, id, bytes })
    }
  }
  const studio = await launchStudio({ folder })
  const alone = await sharpAlone(studio)
  for (const size of SIZES) {
    const rounds: { readonly ours: number; readonly resized: number; readonly encoded: number }[] = []
    const files = stored.filter((each) => each.size === size)
    for (const [index, { path, id }] of files.entries()) {
      const ours = await thumbnailMs(studio, id)
      const theirs = await sharpMs(alone, path)
      if (index >= WARM_UP) rounds.push({ ours, ...theirs })
    }
    const of = (figure: (round: (typeof rounds)[number]) => number) => median(rounds.map(figure))
    const megabytes = (files[0]?.bytes ?? 0) / 1e6
    console.log(`${`photo of ${size} px`.padEnd(24)}${megabytes.toFixed(1)} MB`)
    console.log(`thumbnail on the page   ${of(({ ours }) => ours).toFixed(0)} ms`)
    console.log(
      `sharp alone             ${of(({ resized }) => resized).toFixed(0)} ms decoded and resized, ${of(({ encoded }) => encoded).toFixed(0)} ms with a JPEG written`
    )
    console.log(
      `ratio                   ${of(({ ours, resized }) => ours / resized).toFixed(2)}, wanted at most ${WANTED}; to sharp with its JPEG ${of(({ ours, encoded }) => ours / encoded).toFixed(2)}`
    )
  }
  console.log(`load                    ${loadavg()[0]?.toFixed(1)}`)
  await studio.quit()
} finally {
  await removeFolder(folder)
}
