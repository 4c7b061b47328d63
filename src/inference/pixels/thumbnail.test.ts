import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { decodePhoto } from './decode.ts'
import { patchChart, readPatches } from './patch-chart.fixture.ts'
import { ADOBE_RGB, encodeIn, jpegTurned } from './photo-files.fixture.ts'
import type { Raster } from './raster.ts'
import { sharp } from './sharp.ts'
import { toSrgbBytes } from './srgb-bytes.ts'
import { thumbnail } from './thumbnail.ts'

const EDGE = 160

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thumbnail-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Patches in sRGB levels, 0..255. */
function levels(raster: Raster): number[] {
  const data = Float32Array.from(toSrgbBytes(raster))
  return readPatches({ ...raster, data }).flat()
}

const inAdobe = (bits: 8 | 16, format: 'jpeg' | 'png' | 'tiff') =>
  encodeIn(patchChart(800, 400), 'Adobe RGB', ADOBE_RGB, 563 / 256, bits, format)

const plain = () =>
  sharp({ create: { width: 800, height: 400, channels: 3, background: '#405060' } }).composite([
    {
      input: { create: { width: 400, height: 200, channels: 3, background: '#c08060' } },
      left: 400,
      top: 200
    }
  ])

it.each([
  ['jpeg without a profile', () => plain().jpeg({ quality: 100 }).toBuffer()],
  ['jpeg of a wide space', () => inAdobe(8, 'jpeg')],
  ['png of a wide space, 16 bits', () => inAdobe(16, 'png')],
  ['tiff of a wide space', () => inAdobe(8, 'tiff')],
  ['grey', () => plain().toColourspace('b-w').jpeg({ quality: 100 }).toBuffer()],
  ['half transparent', () => plain().ensureAlpha(0.5).png().toBuffer()],
  ['on its side', () => jpegTurned(plain(), 6)],
  ['mirrored', () => jpegTurned(plain(), 7)]
])('looks as the photo does: %s', async (name, made) => {
  const [path, out] = [join(folder, `${name}.bin`), join(folder, `${name}.small.jpg`)]
  await writeFile(path, await made())
  const size = await thumbnail(path, EDGE, out)
  const [small, photo] = [await decodePhoto(out), await decodePhoto(path, { maxLongEdge: EDGE })]
  expect(size).toEqual({ width: photo.raster.width, height: photo.raster.height })
  expect(small.colourSpace).toMatch(/sRGB/)
  const wanted = levels(photo.raster)
  for (const [at, level] of levels(small.raster).entries()) {
    // Colours that sRGB cannot hold are brought into it in another way, which costs a thumbnail nothing.
    if (name.includes('wide') && at < 2 * CHANNELS) continue
    expect(Math.abs(level - (wanted[at] ?? 0)), `${name}, value ${at}`).toBeLessThan(OFF)
  }
})

/** Levels of 255: less than anyone sees side by side; JPEG and another gamut mapping take some. */
const OFF = 6
const CHANNELS = 3

it('is never enlarged', async () => {
  const path = join(folder, 'tiny.png')
  await sharp({ create: { width: 100, height: 80, channels: 3, background: '#405060' } })
    .png()
    .toFile(path)
  expect(await thumbnail(path, EDGE, join(folder, 'tiny.jpg'))).toEqual({ width: 100, height: 80 })
})
