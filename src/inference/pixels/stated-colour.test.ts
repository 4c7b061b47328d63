import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deltaE2000, labD65 } from './cie-lab.ts'
import { decodePhoto } from './decode.ts'
import { PATCHES, readPatches } from './patch-chart.fixture.ts'
import { sharp } from './sharp.ts'
import { colourOfExif, colourOfHeif } from './stated-colour.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stated-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Big-endian EXIF as a Canon camera writes it: first directory → EXIF directory → interoperability directory. */
function cameraExif(option: string): Buffer {
  const directory = (tag: number, type: number, count: number, value: Buffer) => {
    const bytes = Buffer.alloc(18)
    bytes.writeUInt16BE(1, 0)
    bytes.writeUInt16BE(tag, 2)
    bytes.writeUInt16BE(type, 4)
    bytes.writeUInt32BE(count, 6)
    value.copy(bytes, 10)
    return bytes
  }
  const offset = (at: number) => Buffer.of(0, 0, 0, at)
  return Buffer.concat([
    Buffer.from('Exif\0\0MM\0*\0\0\0\x08', 'latin1'),
    directory(34665, 4, 1, offset(26)),
    directory(40965, 4, 1, offset(44)),
    directory(1, 2, 4, Buffer.from(`${option}\0`, 'latin1'))
  ])
}

async function photoWithExif(exif: Buffer): Promise<string> {
  const background = { r: 60, g: 180, b: 60 }
  const jpeg = await sharp({ create: { width: 80, height: 64, channels: 3, background } })
    .jpeg({ quality: 100 })
    .toBuffer()
  const length = Buffer.alloc(2)
  length.writeUInt16BE(exif.length + 2)
  const path = join(folder, 'camera.jpg')
  await writeFile(path, Buffer.concat([jpeg.subarray(0, 2), Buffer.of(0xff, 0xe1), length, exif, jpeg.subarray(2)]))
  return path
}

describe('a camera that writes EXIF but no profile', () => {
  it('is believed when it says Adobe RGB', async () => {
    const photo = await decodePhoto(await photoWithExif(cameraExif('R03')))
    expect(photo.colourSpace).toBe('Adobe RGB (1998)')
    // Linear Adobe RGB of codes 60, 180, 60 at gamma 2.2 is 0.0414, 0.4649, 0.0414; in Rec. 2020 by Bruce Lindbloom's
    // matrices: Adobe RGB to XYZ D65, and the inverse of ITU-R BT.2020's.
    const [r = 0, g = 0, b = 0] = photo.raster.data
    const xyz = [
      0.5767309 * 0.0414 + 0.185554 * 0.4649 + 0.1881852 * 0.0414,
      0.2973769 * 0.0414 + 0.6273491 * 0.4649 + 0.0752741 * 0.0414,
      0.0270343 * 0.0414 + 0.0706872 * 0.4649 + 0.9911085 * 0.0414
    ]
    const [x = 0, y = 0, z = 0] = xyz
    expect(r).toBeCloseTo(1.7166512 * x - 0.3556708 * y - 0.2533663 * z, 1.7)
    expect(g).toBeCloseTo(-0.6666844 * x + 1.6164812 * y + 0.0157685 * z, 1.7)
    expect(b).toBeCloseTo(0.0176399 * x - 0.0427706 * y + 0.9421031 * z, 1.7)
  })

  it('is sRGB when it says so, or says nothing', async () => {
    expect((await decodePhoto(await photoWithExif(cameraExif('R98')))).colourSpace).toBe('assumed sRGB')
    expect(colourOfExif(Buffer.from('Exif\0\0', 'latin1'))).toBeNull()
  })

  it('breaks nothing, whatever its EXIF is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.nat(70), (noise, at) => {
        const exif = cameraExif('R03')
        exif.set(noise.subarray(0, Math.max(0, exif.length - at)), Math.min(at, exif.length))
        expect(() => colourOfExif(exif)).not.toThrow()
        expect(() => colourOfExif(noise)).not.toThrow()
      })
    )
  })
})

describe('HEIF without a profile', () => {
  const box = (primaries: number, transfer: number) =>
    Buffer.concat([Buffer.from('....ftypheic....colrnclx', 'latin1'), Buffer.of(0, primaries, 0, transfer, 0, 6, 0x80)])

  it('is the space of its code points', () => {
    expect(colourOfHeif(box(12, 13))?.description).toBe('Display P3')
    expect(colourOfHeif(box(9, 14))?.description).toBe('Rec. 2020')
    expect(colourOfHeif(box(1, 13))).toBeNull()
    expect(colourOfHeif(Buffer.from('....ftypheic'))).toBeNull()
  })

  it('in high dynamic range is refused with what to do', () => {
    for (const transfer of [16, 18]) {
      expect(() => colourOfHeif(box(9, transfer))).toThrow(/high dynamic range/)
    }
  })

  it('is read in that space', async () => {
    const bytes = await readFile(fileURLToPath(new URL('fixtures/p3-patches.heic', import.meta.url)))
    // The fixture's ICC box becomes one of code points; a reader skips the rest of it.
    const at = bytes.indexOf('colrprof', 0, 'latin1')
    bytes.write('nclx', at + 4, 'latin1')
    bytes.set([0, 12, 0, 13, 0, 6, 0x80], at + 8)
    const path = join(folder, 'code-points.heic')
    await writeFile(path, bytes)
    const photo = await decodePhoto(path)
    expect(photo.colourSpace).toBe('Display P3')
    const [red = [0, 0, 0]] = readPatches(photo.raster)
    expect(deltaE2000(labD65(...red), labD65(...PATCHES[0]))).toBeLessThan(1.5)
  })
})
