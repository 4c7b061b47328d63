import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decodePhoto } from './decode.ts'
import { inspectFile } from './inspect-file.ts'
import { patchChart } from './patch-chart.fixture.ts'
import { containerOrientation, findPreview } from './raw-preview.ts'
import { sharp } from './sharp.ts'
import { toSrgbBytes } from './srgb-bytes.ts'

let folder = ''
let preview = Buffer.alloc(0)
let thumbnailJpeg = Buffer.alloc(0)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'raw-'))
  const chart = sharp(toSrgbBytes(patchChart(192, 128)), { raw: { width: 192, height: 128, channels: 3 } })
  preview = await chart.clone().jpeg({ quality: 95, progressive: true }).toBuffer()
  thumbnailJpeg = await chart.clone().resize(96, 64).jpeg().toBuffer()
})
afterAll(() => rm(folder, { recursive: true, force: true }))

type Entry = readonly [tag: number, type: 3 | 4, value: number]

/** A little-endian TIFF header with one directory behind `gap` bytes; `magic` is TIFF's 42 or a maker's own. */
function directory(entries: readonly Entry[], magic = 42, gap = 0): Buffer {
  const bytes = Buffer.alloc(8 + gap + 2 + 12 * entries.length + 4)
  bytes.write('II', 0, 'latin1')
  bytes.writeUInt16LE(magic, 2)
  bytes.writeUInt32LE(8 + gap, 4)
  bytes.writeUInt16LE(entries.length, 8 + gap)
  entries.forEach(([tag, type, value], at) => {
    const entry = 10 + gap + 12 * at
    bytes.writeUInt16LE(tag, entry)
    bytes.writeUInt16LE(type, entry + 2)
    bytes.writeUInt32LE(1, entry + 4)
    bytes.writeUInt32LE(value, entry + 8)
  })
  return bytes
}

/** Sensor data as CR2 and DNG store it: the start of a lossless JPEG, then coded data. */
function sensorData(length: number): Buffer {
  const header = Buffer.of(0xff, 0xd8, 0xff, 0xc3, 0, 11, 14, 0x10, 0, 0x10, 0, 1, 0, 0x11, 0, 0xff, 0xda, 0, 2)
  return Buffer.concat([header, Buffer.alloc(length, 0x5a)])
}

function box(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(8 + content.length, 0)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, content])
}

/** The skeletons of the makers' files: header, first directory, thumbnail, preview and sensor data in their order. */
const RAW_FILES: Readonly<Record<string, (orientation: number) => Buffer>> = {
  'canon.cr2': (orientation) => {
    const head = directory([[274, 3, orientation]], 42, 8)
    head.write('CR\x02\0', 8, 'latin1')
    return Buffer.concat([head, preview, thumbnailJpeg, sensorData(3000)])
  },
  'canon.cr3': (orientation) =>
    Buffer.concat([
      box('ftyp', Buffer.from('crx \0\0\0\x01crx isom', 'latin1')),
      box('moov', box('uuid', Buffer.concat([Buffer.alloc(16), box('CMT1', directory([[274, 3, orientation]]))]))),
      box('mdat', Buffer.concat([thumbnailJpeg, Buffer.alloc(500, 3), preview, Buffer.alloc(4000, 9)]))
    ]),
  'nikon.nef': (orientation) =>
    Buffer.concat([
      directory([
        [254, 4, 1],
        [274, 3, orientation],
        [330, 4, 4000]
      ]),
      thumbnailJpeg,
      preview,
      Buffer.alloc(3000, 0x77)
    ]),
  'adobe.dng': (orientation) =>
    Buffer.concat([
      directory([
        [254, 4, 1],
        [274, 3, orientation],
        [330, 4, 4000],
        [50706, 4, 0x01040000]
      ]),
      sensorData(2000),
      preview
    ]),
  'olympus.orf': (orientation) =>
    Buffer.concat([directory([[274, 3, orientation]], 0x4f52), Buffer.alloc(900), preview])
}

describe('a RAW file', () => {
  it.each(Object.keys(RAW_FILES))('%s gives its largest preview, turned as the file says', async (name) => {
    const path = join(folder, name)
    await writeFile(path, RAW_FILES[name]?.(6) ?? '')
    const photo = await decodePhoto(path)
    expect(photo.original).toEqual({ width: 128, height: 192 })
    expect(photo.notes).toEqual(['the embedded preview of the RAW file is used (192 × 128)'])
    const reference = await sharp(preview).rotate(90).raw().toBuffer()
    expect(Buffer.from(toSrgbBytes(photo.raster)).equals(reference)).toBe(true)
    expect(await inspectFile(path)).toMatchObject({ size: { width: 128, height: 192 }, orientation: 6 })
  })

  it('without a preview is refused with what to do', async () => {
    const path = join(folder, 'bare.dng')
    await writeFile(path, Buffer.concat([directory([[50706, 4, 0x01040000]]), sensorData(4000)]))
    await expect(decodePhoto(path)).rejects.toMatchObject({
      code: 'file-unsupported',
      hint: 'Develop the RAW file in your converter and export it as TIFF or JPEG.'
    })
  })
})

describe('findPreview', () => {
  it('passes over what is not a whole picture', () => {
    expect(findPreview(preview.subarray(0, preview.length - 40))).toBeNull()
    expect(findPreview(Buffer.concat([sensorData(100), sensorData(100)]))).toBeNull()
    expect(findPreview(Buffer.alloc(0))).toBeNull()
  })

  it('finds the picture wherever it is, cut to its own bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 300 }), (before, after) => {
        const found = findPreview(Buffer.concat([before, preview, after]))
        expect(found).toMatchObject({ width: 192, height: 128 })
        expect(found && Buffer.from(found.jpeg).equals(preview)).toBe(true)
      })
    )
  })

  it('never fails, whatever the bytes', () => {
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc.constantFrom(...[0xd8, 0xc0, 0xc4, 0xda, 0xd9, 0xe1].map((marker) => Uint8Array.of(0xff, marker, 0, 12)))
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const bytes = Buffer.concat(pieces)
        findPreview(bytes)
        const orientation = containerOrientation(bytes)
        expect(orientation === null || (orientation >= 1 && orientation <= 8)).toBe(true)
      })
    )
  })
})
