import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deltaE2000, labD65 } from './cie-lab.ts'
import { decodedSize, decodePhoto } from './decode.ts'
import { type EncodeOptions, encodePicture } from './encode.ts'
import { inspectFile } from './inspect-file.ts'
import { PATCHES, patchChart, readPatches } from './patch-chart.fixture.ts'
import { ADOBE_RGB, encodeIn, jpegTurned, withProfile } from './photo-files.fixture.ts'
import { createRaster, type Raster } from './raster.ts'
import { crop } from './resample.ts'
import { DISPLAY_P3, type RgbPrimaries, SRGB } from './rgb-spaces.ts'
import { type Sharp, sharp } from './sharp.ts'
import { fromSrgbBytes, toSrgbBytes } from './srgb-bytes.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'decode-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

type Rgb = readonly [number, number, number]

/** Largest difference, ΔE00, of the chart's patches from the `first` on. */
function farthest(raster: Raster, first = 0): number {
  const differences = readPatches(raster).map((rgb, at) => {
    const expected: Rgb = PATCHES[at] ?? [9, 9, 9]
    return deltaE2000(labD65(...rgb), labD65(...expected))
  })
  return Math.max(...differences.slice(first))
}

/** ROMM RGB, ISO 22028-2, but with a D65 white, its gamut suffices here. */
const WIDE: RgbPrimaries = { red: [0.7347, 0.2653], green: [0.1596, 0.8404], blue: [0.0366, 0.0001], white: SRGB.white }

describe('a photo with an embedded profile', () => {
  const chart = patchChart(96, 80)

  it.each([
    ['jpeg', 8],
    ['png', 8],
    ['png', 16],
    ['tiff', 8],
    ['tiff', 16],
    ['webp', 8]
  ] as const)('keeps colours that sRGB cannot hold: Display P3 as %s with %d bits', async (format, bits) => {
    const path = join(folder, `p3-${bits}.${format}`)
    const options: EncodeOptions = { format, bitsPerChannel: bits, profile: 'display-p3', quality: 100 }
    await encodePicture(chart, path, options)
    const photo = await decodePhoto(path)
    expect(photo.colourSpace).toBe('Display P3')
    expect(photo.bitsPerChannel).toBe(bits)
    // Lossy WebP halves the resolution of colour and has no full-range luma.
    expect(farthest(photo.raster)).toBeLessThan(format === 'webp' ? 1.5 : 1)
    // Of which sRGB could not have kept the green one.
    await encodePicture(chart, path, { ...options, profile: 'srgb' })
    expect(farthest((await decodePhoto(path)).raster)).toBeGreaterThan(2)
  })

  it.each([
    // The red of the chart lies outside Adobe RGB.
    ['Adobe RGB (1998)', ADOBE_RGB, 563 / 256, 'jpeg', 8, 1],
    ['a very wide space', WIDE, 1.8, 'png', 16, 0],
    ['a very wide space', WIDE, 1.8, 'tiff', 16, 0]
  ] as const)('is read by its numbers, whatever they are: %s', async (name, primaries, gamma, format, bits, first) => {
    const path = join(folder, `own-${bits}.${format}`)
    await writeFile(path, await encodeIn(chart, name, primaries, gamma, bits, format))
    const photo = await decodePhoto(path)
    expect(photo.colourSpace).toBe(name)
    expect(farthest(photo.raster, first)).toBeLessThan(1)
  })

  it('comes back upright: Display P3, orientation 6', async () => {
    const path = join(folder, 'turned.jpg')
    const turned = await sharp(await encodeIn(chart, 'P3', DISPLAY_P3, 2.2, 8, 'png'))
      .rotate(270)
      .keepIccProfile()
      .toBuffer()
    const sideways = await jpegTurned(sharp(turned).keepIccProfile(), 6)
    await writeFile(path, sideways)
    const photo = await decodePhoto(path)
    expect(photo.original).toEqual({ width: 96, height: 80 })
    expect(farthest(photo.raster)).toBeLessThan(1)
    expect(await inspectFile(path)).toMatchObject({ size: { width: 96, height: 80 }, orientation: 6 })
  })

  it('is sRGB when the profile is broken, and says so', async () => {
    const path = join(folder, 'broken-profile.tiff')
    await writeFile(path, withProfile(new Uint8Array(96 * 80 * 3).fill(128), 96, 80, 8, Buffer.alloc(200, 7)))
    const photo = await decodePhoto(path)
    expect(photo.colourSpace).toBe('assumed sRGB')
    expect(photo.notes).toContain('the embedded colour profile is broken and not used')
    expect(photo.raster.data[0]).toBeCloseTo(0.2159, 3)
  })
})

describe('a photo without a profile', () => {
  const flat = (channels: 3 | 4, background: { r: number; g: number; b: number; alpha: number }): Sharp =>
    sharp({ create: { width: 80, height: 70, channels, background } })
  const grey = { r: 128, g: 128, b: 128, alpha: 1 }

  it.each(['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif'] as const)('is read as sRGB: %s', async (format) => {
    const path = join(folder, `plain.${format}`)
    await writeFile(path, await flat(3, grey).toFormat(format).toBuffer())
    const photo = await decodePhoto(path)
    expect(photo).toMatchObject({
      colourSpace: 'assumed sRGB',
      original: { width: 80, height: 70 },
      scale: 1,
      notes: []
    })
    for (const value of photo.raster.data.subarray(0, 3)) expect(Math.abs(value - 0.2159)).toBeLessThan(0.005)
  })

  it('is laid on middle grey where it is transparent, and says so', async () => {
    const path = join(folder, 'alpha.png')
    await writeFile(path, await flat(4, { r: 255, g: 255, b: 255, alpha: 0.5 }).png().toBuffer())
    const photo = await decodePhoto(path)
    expect(photo.raster.data[0]).toBeCloseTo(0.5 + 0.5 * 0.184, 2)
    expect(photo.notes).toEqual(['transparent parts are laid on grey'])
  })

  it('has equal channels when it is greyscale, 8 or 16 bits', async () => {
    for (const [bits, space] of [
      [8, 'b-w'],
      [16, 'grey16']
    ] as const) {
      const path = join(folder, `grey-${bits}.png`)
      await writeFile(path, await flat(3, grey).toColourspace(space).png().toBuffer())
      const photo = await decodePhoto(path)
      expect(photo.bitsPerChannel).toBe(bits)
      const [r = 0, g = 0, b = 0] = photo.raster.data
      expect([g, b]).toEqual([r, r])
      expect(r).toBeCloseTo(0.2159, 2)
    }
  })

  it('of several frames gives its first, and says so', async () => {
    const path = join(folder, 'moving.gif')
    const frames = Buffer.concat([Buffer.alloc(80 * 70 * 3, 255), Buffer.alloc(80 * 70 * 3, 0)])
    const raw = { width: 80, height: 140, channels: 3, pageHeight: 70 } as const
    await writeFile(
      path,
      await sharp(frames, { raw })
        .gif({ loop: 0, delay: [50, 50] })
        .toBuffer()
    )
    const photo = await decodePhoto(path)
    expect(photo.original).toEqual({ width: 80, height: 70 })
    expect(photo.raster.data[0]).toBeCloseTo(1, 2)
    expect(photo.notes).toEqual(['only the first frame is used'])
  })

  it.each([
    ['without a profile', 'assumed press CMYK', ['CMYK without a profile is read as that of a common press']],
    ['with its profile', 'Chemical proof', []]
  ] as const)('in CMYK keeps the colours that ink can make, %s', async (which, space, notes) => {
    const path = join(folder, 'cmyk.tiff')
    const skin = { r: 205, g: 160, b: 135, alpha: 1 }
    const ink = flat(3, skin).toColourspace('cmyk')
    if (which === 'with its profile') ink.withIccProfile('cmyk')
    await writeFile(path, await ink.tiff().toBuffer())
    const photo = await decodePhoto(path)
    expect(photo.colourSpace).toMatch(space)
    expect(photo.notes).toEqual(notes)
    const [r = 0, g = 0, b = 0] = photo.raster.data
    const [x = 0, y = 0, z = 0] = fromSrgbBytes(Uint8Array.of(skin.r, skin.g, skin.b), 1, 1).data
    expect(deltaE2000(labD65(r, g, b), labD65(x, y, z))).toBeLessThan(3)
  })

  it('keeps 16 bits: steps finer than 8 bits survive', async () => {
    const path = join(folder, 'fine.png')
    const codes = Uint16Array.from({ length: 80 * 70 * 3 }, (_, at) => 30_000 + 20 * Math.floor((at / 3) % 8))
    const input = sharp(codes, { raw: { width: 80, height: 70, channels: 3 } })
    await writeFile(path, await input.toColourspace('rgb16').png().toBuffer())
    const { raster, bitsPerChannel } = await decodePhoto(path)
    expect(bitsPerChannel).toBe(16)
    expect(new Set(raster.data.subarray(0, 24).filter((_, at) => at % 3 === 0)).size).toBe(8)
  })

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('stands upright as sharp sets it, orientation %d', async (orientation) => {
    const path = join(folder, `orientation-${orientation}.jpg`)
    const noise = Buffer.from(Uint8Array.from({ length: 96 * 70 * 3 }, (_, at) => (at * 7919) % 251))
    await writeFile(path, await jpegTurned(sharp(noise, { raw: { width: 96, height: 70, channels: 3 } }), orientation))
    expect((await sharp(path).metadata()).orientation).toBe(orientation)
    const { raster } = await decodePhoto(path)
    const reference = await sharp(path, { autoOrient: true }).raw().toBuffer({ resolveWithObject: true })
    expect([raster.width, raster.height]).toEqual([reference.info.width, reference.info.height])
    expect(Buffer.from(toSrgbBytes(raster)).equals(reference.data)).toBe(true)
  })

  it('is made smaller to the edge asked for, in linear light', async () => {
    const path = join(folder, 'stripes.png')
    const stripes = Buffer.from(Uint8Array.from({ length: 400 * 300 * 3 }, (_, at) => (Math.floor(at / 3) % 2) * 255))
    await writeFile(
      path,
      await sharp(stripes, { raw: { width: 400, height: 300, channels: 3 } })
        .png()
        .toBuffer()
    )
    const photo = await decodePhoto(path, { maxLongEdge: 150 })
    expect([photo.raster.width, photo.raster.height]).toEqual([150, 113])
    expect(photo.scale).toBe(0.375)
    // Half black and half white is half the light, not the middle code value, which is a fifth of it.
    expect(photo.raster.data[(56 * 150 + 75) * 3]).toBeCloseTo(0.5, 1)
    expect((await decodePhoto(path, { maxLongEdge: 4000 })).raster.width).toBe(400)
  })
})

describe('a part of a photo', () => {
  it.each([
    ['as it is', 'png', 500],
    ['made smaller', 'png', 131],
    ['upright', 'jpeg', 131]
  ] as const)('is what the whole shows there, %s', async (_, format, maxLongEdge) => {
    const path = join(folder, `part-${maxLongEdge}.${format}`)
    const chart = patchChart(300, 220)
    await encodePicture(chart, path, { format: 'png', bitsPerChannel: 16, profile: 'display-p3' })
    if (format === 'jpeg') await writeFile(path, await jpegTurned(sharp(await readFile(path)), 6))
    const { raster: whole, original } = await decodePhoto(path, { maxLongEdge })
    expect(decodedSize(original, maxLongEdge)).toEqual({ width: whole.width, height: whole.height })
    const part = { x: 17, y: 30, width: 60, height: 41 }
    const seen = await decodePhoto(path, { maxLongEdge, part })
    expect(seen.raster.data).toEqual(crop(whole, part).data)
  })

  it('is of the file as it is now, not as it was when it was read last', async () => {
    const path = join(folder, 'written-anew.png')
    for (const [at, level] of [0.2, 0.7].entries()) {
      const picture = createRaster(160, 120, 3)
      picture.data.fill(level)
      await encodePicture(picture, path, { format: 'png', bitsPerChannel: 16, profile: 'srgb' })
      await utimes(path, 1000 + at, 1000 + at)
      const { raster } = await decodePhoto(path, { maxLongEdge: 80, part: { x: 5, y: 5, width: 2, height: 2 } })
      expect(raster.data[0]).toBeCloseTo(level, 3)
    }
  })
})

describe('HEIC', () => {
  const path = fileURLToPath(new URL('fixtures/p3-patches.heic', import.meta.url))

  it('is read with its profile', async () => {
    const photo = await decodePhoto(path)
    expect(photo).toMatchObject({
      mediaType: 'image/heic',
      colourSpace: 'Display P3',
      original: { width: 128, height: 96 }
    })
    // The fixture is the chart, encoded by libheif's own heif-enc.
    expect(farthest(photo.raster)).toBeLessThan(1.5)
  })

  it('is inspected without being decoded', async () => {
    expect(await inspectFile(path)).toMatchObject({ size: { width: 128, height: 96 }, colourSpace: 'Display P3' })
  })
})
