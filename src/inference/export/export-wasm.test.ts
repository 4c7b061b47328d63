import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { encodePicture } from '../pixels/encode.ts'
import { patchChart } from '../pixels/patch-chart.fixture.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'export-wasm-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const url = (file: string) => JSON.stringify(new URL(file, import.meta.url).href)

it('writes every format by the WebAssembly build too, which Electron on Linux uses', async () => {
  const source = join(folder, 'final.png')
  await encodePicture(patchChart(120, 150), source, { format: 'png', bitsPerChannel: 16, profile: 'srgb' })
  const script = join(folder, 'export.mts')
  await writeFile(
    script,
    `Object.defineProperty(process, 'platform', { value: 'linux' })
    Object.defineProperty(process.versions, 'electron', { value: '45.0.0' })
    const { exportPicture } = await import(${url('export-picture.ts')})
    const { EXPORT_FORMATS, exportOptionsSchema } = await import(${url('../../domain/delivery/export-options.ts')})
    const { sharp } = await import(${url('../pixels/sharp.ts')})
    const found = {}
    for (const format of Object.keys(EXPORT_FORMATS)) {
      const outputPath = ${JSON.stringify(folder)} + '/made.' + format
      const options = exportOptionsSchema.parse({ format, bitsPerChannel: 16, profile: 'display-p3' })
      const recipe = { job: 'j', attempt: 1, seed: 7, engine: 'e', engineVersion: '1', prompt: 'p', parameters: {} }
      const order = { path: ${JSON.stringify(source)}, referencePath: null, outputPath, options, title: 'Ö', software: 's' }
      await exportPicture(
        { ...order, digitalSourceType: 'http://cv.iptc.org/newscodes/digitalsourcetype/composite', recipe },
        { signal: new AbortController().signal, onProgress: () => undefined }
      )
      const { width, depth, icc, xmp } = await sharp(outputPath).metadata()
      found[format] = [width, depth, icc !== undefined, xmp?.toString().includes('digitalsourcetype/composite')]
    }
    console.log(JSON.stringify({ emscripten: 'emscripten' in sharp.versions, found }))`
  )
  const out = execFileSync(process.execPath, ['--import', 'tsx', script], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 110_000
  })
  const [deep, shallow] = [
    [120, 'ushort', true, true],
    [120, 'uchar', true, true]
  ]
  const found = { jpeg: shallow, png: deep, webp: shallow, tiff: deep, avif: shallow }
  expect(JSON.parse(out)).toEqual({ emscripten: true, found })
}, 120_000)
