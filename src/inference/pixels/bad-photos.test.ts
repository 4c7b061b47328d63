import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ErrorCode, StudioError } from '../../domain/errors.ts'
import { decodePhoto } from './decode.ts'
import { inspectFile } from './inspect-file.ts'
import { sharp } from './sharp.ts'
import { thumbnail } from './thumbnail.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bad-photos-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

async function refusal(promise: Promise<unknown>): Promise<StudioError> {
  const thrown: unknown = await promise.then(
    () => null,
    (error: unknown) => error
  )
  if (!(thrown instanceof StudioError)) throw new Error('It was not refused.', { cause: thrown })
  return thrown
}

/** A photo with enough in it that half of the file is half of the picture. */
function noise(): Buffer {
  return Buffer.from(Uint8Array.from({ length: 200 * 160 * 3 }, (_, at) => (at * 7919 + ((at * at) % 8191)) % 256))
}
const photo = () => sharp(noise(), { raw: { width: 200, height: 160, channels: 3 } })

function pngClaiming(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const frame = Buffer.alloc(8)
    frame.writeUInt32BE(data.length, 0)
    frame.writeUInt32BE(crc32(body), 4)
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(100))),
    chunk('IEND', Buffer.alloc(0))
  ])
}

describe('a file that is no photo', () => {
  it.each<[string, string | Uint8Array, ErrorCode, RegExp]>([
    ['empty.jpg', '', 'file-empty', /empty/],
    ['renamed.jpg', 'Dear diary, today the light was good.\n', 'file-unsupported', /text file/],
    ['drawing.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"/>', 'file-unsupported', /SVG/],
    ['drawing.png', '<?xml version="1.0"?>\n<svg width="100" height="100"></svg>', 'file-unsupported', /SVG/],
    ['document.jpg', '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'file-unsupported', /application\/pdf/],
    ['zeroes.png', new Uint8Array(5000), 'file-unsupported', /unknown content/]
  ])('%s is refused with what it is and what to do', async (name, content, code, sentence) => {
    const path = await file(name, content)
    const thumb = () => thumbnail(path, 100, join(folder, 'out.jpg'))
    for (const attempt of [() => decodePhoto(path), () => inspectFile(path), thumb]) {
      const error = await refusal(attempt())
      expect(error.code).toBe(code)
      expect(error.message).toMatch(sentence)
      expect(error.hint.length).toBeGreaterThan(10)
    }
  })

  it('is refused when it is not there, or a folder', async () => {
    expect((await refusal(decodePhoto(join(folder, 'none.jpg')))).code).toBe('file-missing')
    await mkdir(join(folder, 'folder.jpg'), { recursive: true })
    expect((await refusal(decodePhoto(join(folder, 'folder.jpg')))).code).toBe('file-unreadable')
  })
})

describe('a damaged photo', () => {
  it.each(['jpeg', 'png', 'webp', 'tiff', 'gif'] as const)('that ends halfway is refused: %s', async (format) => {
    const whole = await photo().toFormat(format).toBuffer()
    const path = await file(`half.${format}`, whole.subarray(0, whole.length / 2))
    expect((await refusal(decodePhoto(path))).code).toBe('image-damaged')
  })

  it.each(['jpeg', 'png', 'webp', 'tiff', 'gif', 'avif'] as const)(
    'that is only a start is refused: %s',
    async (format) => {
      const whole = await photo().toFormat(format).toBuffer()
      const path = await file(`start.${format}`, whole.subarray(0, 40))
      expect(['image-damaged', 'file-unsupported']).toContain((await refusal(decodePhoto(path))).code)
    }
  )

  it('without pixels is refused', async () => {
    const path = await file('none.png', pngClaiming(0, 100))
    expect((await refusal(inspectFile(path))).code).toBe('image-damaged')
  })

  it('leaves no thumbnail behind', async () => {
    const whole = await photo().jpeg().toBuffer()
    const path = await file('half-for-thumbnail.jpg', whole.subarray(0, whole.length / 2))
    const before = await readdir(folder)
    await refusal(thumbnail(path, 100, join(folder, 'thumbnail.jpg')))
    expect(await readdir(folder)).toEqual(before)
  })
})

describe('the size of a photo', () => {
  it('of 250 megapixels is refused from its header', async () => {
    const path = await file('huge.png', pngClaiming(20_000, 12_500))
    for (const attempt of [inspectFile, decodePhoto]) {
      const error = await refusal(attempt(path))
      expect(error.code).toBe('image-too-large')
      expect(error.message).toContain('250 megapixels (20000 × 12500)')
    }
  })

  it('of 63 pixels is refused', async () => {
    const path = await file('small.png', await photo().resize(200, 63, { fit: 'fill' }).png().toBuffer())
    expect((await refusal(decodePhoto(path))).code).toBe('image-too-small')
  })

  it('of 150 megapixels is read', { timeout: 120_000 }, async () => {
    const [width, height] = [14_204, 10_652]
    const path = join(folder, 'large.jpg')
    const background = { r: 200, g: 150, b: 100 }
    await sharp({ create: { width, height, channels: 3, background }, limitInputPixels: false })
      .jpeg({ quality: 60 })
      .toFile(path)
    const { raster, original, scale } = await decodePhoto(path, { maxLongEdge: 710 })
    expect(original).toEqual({ width, height })
    expect([raster.width, raster.height]).toEqual([710, 532])
    expect(scale).toBeCloseTo(710 / 14_204, 9)
  })
})

describe('an odd but sound photo', () => {
  it('with a very large EXIF block is read', async () => {
    const jpeg = await photo()
      .withExif({ IFD0: { ImageDescription: 'x'.repeat(60_000) } })
      .jpeg()
      .toBuffer()
    // Ten more application segments of 64 KB each, as some phones write.
    const segment = Buffer.concat([Buffer.of(0xff, 0xe5, 0xff, 0xff), Buffer.alloc(65_533, 1)])
    const path = await file(
      'exif.jpg',
      Buffer.concat([jpeg.subarray(0, 2), ...Array(10).fill(segment), jpeg.subarray(2)])
    )
    expect((await decodePhoto(path)).original).toEqual({ width: 200, height: 160 })
  })

  it('with a wrong extension is read as what it is', async () => {
    const path = await file('really-a-png.jpg', await photo().png().toBuffer())
    expect((await decodePhoto(path)).mediaType).toBe('image/png')
  })

  it('is not decoded any more once cancelled', async () => {
    const path = await file('cancelled.png', await photo().png().toBuffer())
    const error = await refusal(decodePhoto(path, { signal: AbortSignal.abort(new Error('enough')) }))
    expect(error.code).toBe('cancelled')
  })
})
