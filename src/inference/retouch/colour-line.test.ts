import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Point } from '../../domain/geometry.ts'
import { parseParameters } from '../../domain/parameters/parameters.ts'
import { EFFECTS_OFF } from '../../domain/retouch-settings.ts'
import { analyseFaces } from '../faces/analyse.ts'
import { sampleRaster } from '../faces/sample-photos.fixture.ts'
import { quietContext } from '../measure/sample-portraits.fixture.ts'
import { apply, similarity } from '../pixels/affine.ts'
import { deltaE2000, labD65 } from '../pixels/colour.ts'
import { decodePhoto } from '../pixels/decode.ts'
import { openProfile } from '../pixels/icc.ts'
import { PATCHES } from '../pixels/patch-chart.fixture.ts'
import { ADOBE_RGB, encodeIn, jpegTurned } from '../pixels/photo-files.fixture.ts'
import type { Raster } from '../pixels/raster.ts'
import { DISPLAY_P3, SRGB } from '../pixels/rgb-spaces.ts'
import { sharp } from '../pixels/sharp.ts'
import { retouchGenerate } from './engine.ts'

type Rgb = readonly [number, number, number]

/** Red and green that sRGB cannot hold, its blue, skin, greys and muted colours; linear Rec. 2020. */
const CHART: readonly Rgb[] = [
  ...PATCHES,
  [0.19, 0.12, 0.08],
  [0.18, 0.18, 0.18],
  [0.6, 0.6, 0.6],
  [0.02, 0.02, 0.02],
  [0.3, 0.45, 0.2],
  [0.25, 0.3, 0.55]
]
const OUTSIDE_SRGB = [0, 1]
const OUTSIDE_ADOBE = [0]

const FACE = 1
/** Edge of a patch and its distance from the next, px of the photo. */
const PATCH = 34
/** Left upper corners of two charts of five columns: on the woman's dress, and on the window beside her. */
const CHARTS: readonly Point[] = [
  { x: 600, y: 655 },
  { x: 700, y: 112 }
]

const patchAt = (corner: Point, index: number): Point => ({
  x: corner.x + (index % 5) * PATCH,
  y: corner.y + Math.floor(index / 5) * PATCH
})

function withCharts(photo: Raster): Raster {
  const data = photo.data.slice()
  for (const corner of CHARTS) {
    CHART.forEach((colour, index) => {
      const { x, y } = patchAt(corner, index)
      for (let row = y; row < y + PATCH; row++)
        for (let column = x; column < x + PATCH; column++) data.set(colour, (row * photo.width + column) * 3)
    })
  }
  return { ...photo, data }
}

/** The colours of the charts in a file, read by libvips and Little CMS from its codes and its embedded profile. */
async function readCharts(path: string, places: readonly Point[]): Promise<Rgb[]> {
  const { icc, depth } = await sharp(path).metadata()
  const profile = icc && (await openProfile(icc))
  if (!profile) throw new Error('the picture has no profile')
  const bits = depth === 'ushort' ? 16 : 8
  const image = sharp(path, { ignoreIcc: true })
  if (bits === 16) image.toColourspace('rgb16')
  const { data, info } = await image
    .raw({ depth: bits === 16 ? 'ushort' : 'uchar' })
    .toBuffer({ resolveWithObject: true })
  const code = (at: number) => (bits === 16 ? data.readUInt16LE(2 * at) / 65535 : (data[at] ?? 0) / 255)
  const means = places.map(({ x, y }) => {
    const sum: [number, number, number] = [0, 0, 0]
    for (let row = -2; row < 2; row++) {
      for (let column = -2; column < 2; column++) {
        const at = ((Math.round(y) + row) * info.width + Math.round(x) + column) * info.channels
        for (const c of [0, 1, 2] as const) sum[c] += code(at + c) / 16
      }
    }
    return sum
  })
  const working = profile.toWorking(Float32Array.from(means.flat()))
  profile.close()
  return places.map((_, at) => [working[3 * at] ?? 0, working[3 * at + 1] ?? 0, working[3 * at + 2] ?? 0])
}

describe('a colour chart through the whole line with effects off', () => {
  let folder = ''
  let photo: Raster
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'colour-line-'))
    photo = withCharts(await sampleRaster(6, 1600))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it.each([
    ['sRGB, 8 bits', 8, OUTSIDE_SRGB, () => encodeIn(photo, 'sRGB', SRGB, 2.2, 8, 'png')],
    ['Display P3, 16 bits', 16, [], () => encodeIn(photo, 'Display P3', DISPLAY_P3, 2.2, 16, 'png')],
    ['Adobe RGB, 8 bits', 8, OUTSIDE_ADOBE, () => encodeIn(photo, 'Adobe RGB (1998)', ADOBE_RGB, 563 / 256, 8, 'png')],
    [
      'Display P3 as a JPEG of orientation 6',
      8,
      [],
      async () => {
        const upright = await encodeIn(photo, 'Display P3', DISPLAY_P3, 2.2, 8, 'png')
        const sideways = await sharp(upright).rotate(270).keepIccProfile().toBuffer()
        return jpegTurned(sharp(sideways).keepIccProfile(), 6)
      }
    ]
  ] as const)('comes back within ΔE00 1: %s', async (name, bits, outside, file) => {
    const path = join(folder, `${name.replaceAll(/\W/g, '')}.photo`)
    await writeFile(path, await file())
    const made = await retouchGenerate(
      {
        references: [{ path, face: FACE }],
        parameters: parseParameters({ background: 'original_blurred' }),
        brief: { prompt: '', settings: { ...EFFECTS_OFF }, repairs: [] },
        seed: 1,
        longEdge: 1024,
        outputFolder: folder
      },
      quietContext
    )
    expect((await sharp(made.path).metadata()).depth).toBe(bits === 16 ? 'ushort' : 'uchar')
    const { raster } = await decodePhoto(made.path)
    const from = (await analyseFaces(photo))[FACE]
    // The neighbour on the left is in the picture too.
    const here = (await analyseFaces(raster)).toSorted((a, b) => b.box.width - a.box.width)[0]
    if (!from || !here) throw new Error('the faces that tell where the charts lie were not found')
    const toPicture = similarity([from.rightEye, from.leftEye], [here.rightEye, here.leftEye])
    const places = CHARTS.flatMap((corner) =>
      CHART.map((_, index) => {
        const { x, y } = patchAt(corner, index)
        return apply(toPicture, { x: x + PATCH / 2, y: y + PATCH / 2 })
      })
    )
    const seen = await readCharts(made.path, places)
    const compared = outside as readonly number[]
    const differences = seen.map((rgb, at) => {
      const index = at % CHART.length
      const expected = CHART[index] ?? [9, 9, 9]
      return compared.includes(index) ? 0 : deltaE2000(labD65(...rgb), labD65(...expected))
    })
    expect(Math.max(...differences)).toBeLessThan(1)
  })
})
