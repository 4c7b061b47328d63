import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeRadiance } from '../../../scripts/places/encode-radiance.ts'
import { StudioError } from '../../domain/errors.ts'
import { retouchSettingsSchema } from '../../domain/retouch-settings.ts'
import { luminance } from '../pixels/colour.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { resize } from '../pixels/resample.ts'
import { sharp } from '../pixels/sharp.ts'
import { resourcePath } from '../runtime/resources.ts'
import { type BackdropRequest, renderBackdrop } from './backdrop.ts'
import { openBackdropFile } from './backdrop-file.ts'
import { loadPlace } from './panorama.ts'

const settings = retouchSettingsSchema.parse({})
const signal = new AbortController().signal
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'own-backdrop-'))
  await writeFile(file('around.hdr'), encodeRadiance(surroundings(128, 64)))
  await writeFile(file('street.hdr'), encodeRadiance(surroundings(120, 80)))
  await writePhoto('street.png', 300, 200)
  await writePhoto('tall.png', 100, 400)
  await writePhoto('tiny.png', 64, 64)
})
afterAll(() => rm(folder, { recursive: true }))

const file = (name: string) => join(folder, name)
const NAMES = ['around.hdr', 'street.hdr', 'street.png', 'tall.png', 'tiny.png'] as const

/** Bright from above and from the left, with one lamp. */
function surroundings(width: number, height: number): Raster {
  const picture = createRaster(width, height, 3)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      const light = 0.05 + 0.6 * (1 - y / height) * (1 - (0.8 * x) / width) + 0.02 * Math.sin(x * 0.7)
      picture.data.set([light, light * 0.9, light * 0.7], at)
    }
  }
  picture.data.set([900, 800, 700], 3 * (Math.floor(height / 3) * width + Math.floor(width / 2)))
  return picture
}

async function writePhoto(name: string, width: number, height: number): Promise<void> {
  const { data } = surroundings(width, height)
  const bytes = Buffer.from(data.map((value) => Math.min(255, 255 * Math.sqrt(value))))
  await sharp(bytes, { raw: { width, height, channels: 3 } })
    .png()
    .toFile(file(name))
}

const behind = (name: string, more: Partial<BackdropRequest> = {}) =>
  renderBackdrop({
    backdrop: { kind: 'own' },
    backdropPath: file(name),
    width: 64,
    height: 80,
    seed: 7,
    settings,
    subjectLuminance: 0.28,
    signal,
    ...more
  })

const bytesOf = ({ data }: Raster) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength)

const meanLuminance = (raster: Raster) => {
  const { data } = resize(raster, 4, 5, 'area')
  let sum = 0
  for (let at = 0; at < data.length; at += 3) sum += luminance(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0)
  return sum / 20
}

describe('a backdrop of the photographer’s own', () => {
  it.each(NAMES)('is the same for the same seed and another for another: %s', async (name) => {
    const [first, again, other] = await Promise.all([behind(name), behind(name), behind(name, { seed: 8 })])
    expect(again.picture.data).toEqual(first.picture.data)
    expect(other.picture.data).not.toEqual(first.picture.data)
  })

  it.each(NAMES)('stays within display light, whatever the settings and the shape: %s', async (name) => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 8, max: 90 }),
        fc.integer({ min: 8, max: 90 }),
        fc.record({
          'background.defocus': fc.double({ min: 0.005, max: 0.06, noNaN: true }),
          'background.yaw': fc.double({ min: -180, max: 180, noNaN: true }),
          'exposure.background': fc.double({ min: -2, max: 2, noNaN: true })
        }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (width, height, changed, subjectLuminance) => {
          const { picture } = await behind(name, {
            width,
            height,
            subjectLuminance,
            settings: { ...settings, ...changed }
          })
          expect([picture.width, picture.height]).toEqual([width, height])
          expect(picture.data.every((value) => value >= -0.02 && value <= 1.02)).toBe(true)
        }
      ),
      { numRuns: 25 }
    )
  })

  it.each(NAMES)('looks the same at any size: %s', async (name) => {
    const [small, large] = await Promise.all([behind(name), behind(name, { width: 256, height: 320 })])
    const again = resize(large.picture, 64, 80, 'area')
    const difference = small.picture.data.reduce((sum, value, at) => sum + Math.abs(value - (again.data[at] ?? 0)), 0)
    expect(difference / small.picture.data.length).toBeLessThan(0.012)
  })

  it.each(NAMES)('lights from where it is bright: from above and from the left: %s', async (name) => {
    const { light } = await behind(name, { settings: { ...settings, 'background.yaw': 0 } })
    const [, up = 0, , right = 0] = Array.from({ length: 4 }, (_, harmonic) => light?.coefficients[3 * harmonic] ?? 0)
    expect(up).toBeGreaterThan(0)
    if (name !== 'around.hdr') expect(right).toBeLessThan(0)
  })

  it.each(NAMES)('is darker or lighter by the stops of the setting: %s', async (name) => {
    const at = async (stops: number) =>
      meanLuminance((await behind(name, { settings: { ...settings, 'exposure.background': stops } })).picture)
    expect(await at(-1)).toBeLessThan(0.8 * (await at(0)))
    expect(await at(1)).toBeGreaterThan(1.1 * (await at(0)))
  })

  it('is a built-in place to the last pixel where it is the file of one', async () => {
    const own = await openBackdropFile(resourcePath('places', 'sunset.hdr'), signal)
    const { picture } = await loadPlace('sunset')
    if (own.kind !== 'panorama') throw new Error('It is a panorama.')
    expect(own.notes).toEqual([])
    expect(Buffer.compare(bytesOf(own.panorama.picture), bytesOf(picture))).toBe(0)
  })

  it.each(['street.png', 'street.hdr', 'around.hdr'])('is another part of it when it is turned: %s', async (name) => {
    const turned = await behind(name, { settings: { ...settings, 'background.yaw': 20 } })
    expect(turned.picture.data).not.toEqual((await behind(name)).picture.data)
  })

  it.each(['street.png', 'tall.png'])('shows more where less of it is out of focus: %s', async (name) => {
    const detail = async (defocus: number) => {
      const { data } = (
        await behind(name, { width: 320, height: 400, settings: { ...settings, 'background.defocus': defocus } })
      ).picture
      return data.reduce((sum, value, at) => sum + Math.abs(value - (data[at + 3] ?? value)), 0)
    }
    expect(await detail(0.008)).toBeGreaterThan(1.1 * (await detail(0.05)))
  })

  it('keeps a photograph of the night dark and one of a white room light', async () => {
    const flat = async (name: string, level: number) => {
      const bytes = Buffer.alloc(90 * 120 * 3, level)
      await sharp(bytes, { raw: { width: 90, height: 120, channels: 3 } })
        .png()
        .toFile(file(name))
      return meanLuminance((await behind(name)).picture)
    }
    expect(await flat('night.png', 20)).toBeLessThan(0.03)
    expect(await flat('white.png', 240)).toBeGreaterThan(0.5)
  })

  it('needs its file', async () => {
    await expect(behind('around.hdr', { backdropPath: undefined })).rejects.toMatchObject({
      code: 'parameters-invalid',
      message: 'The own backdrop needs its file.'
    })
  })
})

describe('a backdrop that cannot be used', () => {
  const cases: readonly (readonly [string, string | Uint8Array | (() => Promise<Uint8Array>), string])[] = [
    ['nothing', '', 'file-empty'],
    ['a text', 'not a picture', 'file-unsupported'],
    ['a drawing', '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="450"/>', 'file-unsupported'],
    ['a panorama cut short', encodeRadiance(surroundings(128, 64)).subarray(0, 9000), 'image-damaged'],
    ['a panorama of no pixels', '#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 0 +X 0\n', 'image-damaged'],
    ['a black panorama', encodeRadiance(createRaster(128, 64, 3)), 'image-damaged'],
    ['a panorama of few pixels', encodeRadiance(surroundings(64, 32)), 'image-too-small'],
    ['a panorama beyond reason', '#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 90000 +X 180000\n', 'image-too-large'],
    ['an OpenEXR picture cut short', Uint8Array.of(0x76, 0x2f, 0x31, 0x01, 2, 0, 0, 0, 0x61), 'image-damaged'],
    ['a photo of few pixels', () => pngOf(40, 40), 'image-too-small'],
    ['a photo cut short', async () => (await pngOf(300, 200)).subarray(0, 1200), 'image-damaged']
  ]

  async function pngOf(width: number, height: number): Promise<Uint8Array> {
    await writePhoto('whole.png', width, height)
    return await readFile(file('whole.png'))
  }

  it.each(cases)('says so, and what to do: %s', async (_, content, code) => {
    await writeFile(file('bad'), typeof content === 'function' ? await content() : content)
    await expect(behind('bad')).rejects.toMatchObject({
      code,
      message: expect.stringMatching(/^The backdrop cannot be used\. .+\.$/),
      hint: expect.stringMatching(/\.$/)
    })
  })

  it('is read again once it was put right', async () => {
    await writeFile(file('mended.hdr'), 'broken')
    await expect(behind('mended.hdr')).rejects.toMatchObject({ code: 'file-unsupported' })
    await writeFile(file('mended.hdr'), encodeRadiance(surroundings(128, 64)))
    await expect(behind('mended.hdr')).resolves.toHaveProperty('picture')
  })

  it('may be any bytes: it is a picture or an error of ours', async () => {
    const whole = encodeRadiance(surroundings(128, 64))
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 8 }), async (changes) => {
        const bytes = Buffer.from(whole)
        for (const [at, value] of changes) bytes[at] = value
        await writeFile(file('fuzzed.hdr'), bytes)
        try {
          const { picture } = await behind('fuzzed.hdr')
          expect(picture.data.every((value) => value >= -0.02 && value <= 1.02)).toBe(true)
        } catch (error) {
          expect(error).toBeInstanceOf(StudioError)
        }
      }),
      { numRuns: 60 }
    )
  })
})

describe('what is said of a backdrop', () => {
  it.each([
    ['around.hdr', []],
    ['street.hdr', [expect.stringContaining('not twice as wide as high'), expect.stringContaining('120 × 80')]],
    ['tiny.png', [expect.stringContaining('only 64 × 64 pixels')]]
  ])('%s', async (name, notes) => {
    const sharpest = { ...settings, 'background.defocus': 0.008 }
    expect((await behind(name, { width: 640, height: 800, settings: sharpest })).notes).toEqual(notes)
  })

  it('is its first frame where it moves', async () => {
    const frames = Buffer.alloc(100 * 200 * 3, 90).fill(200, 100 * 100 * 3)
    await sharp(frames, { raw: { width: 100, height: 200, channels: 3, pageHeight: 100 } })
      .gif({ delay: [50, 50] })
      .toFile(file('moving.gif'))
    expect((await behind('moving.gif')).notes).toEqual([expect.stringContaining('first frame')])
  })
})

describe('a panorama larger than is kept', () => {
  it('is made smaller while it is read, and keeps its light', async () => {
    const large = surroundings(2304, 1152)
    await writeFile(file('large.hdr'), encodeRadiance(large))
    const kept = await openBackdropFile(file('large.hdr'), signal)
    if (kept.kind !== 'panorama') throw new Error('It is a panorama.')
    expect(kept.panorama.picture.width).toBe(2048)
    expect(meanLuminance(kept.panorama.picture) / meanLuminance(large)).toBeCloseTo(1, 2)
  })
})
