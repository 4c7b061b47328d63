import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { StudioError } from '../../domain/errors.ts'
import { type EncodeOptions, encodePicture, encodeStrips } from './encode.ts'
import { patchChart } from './patch-chart.fixture.ts'
import { createRaster, type Raster } from './raster.ts'
import { sharp } from './sharp.ts'
import { fromSrgbBytes } from './srgb-bytes.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'encode-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function* stripsOf(raster: Raster, height: number): AsyncGenerator<Raster> {
  const span = raster.width * raster.channels
  for (let top = 0; top < raster.height; top += height) {
    const bottom = Math.min(top + height, raster.height)
    yield { ...raster, height: bottom - top, data: raster.data.subarray(top * span, bottom * span) }
  }
}

const PNG: EncodeOptions = { format: 'png', bitsPerChannel: 8, profile: 'srgb' }

async function encoded(raster: Raster, options: EncodeOptions): Promise<Buffer> {
  const path = join(folder, 'picture')
  await encodePicture(raster, path, options)
  return readFile(path)
}

const pixels = (file: Buffer) => sharp(file, { ignoreIcc: true }).raw().toBuffer()

describe('encodePicture', () => {
  it('writes every sRGB code value as it was read, dither or not', async () => {
    const bytes = Uint8Array.from({ length: 256 * 64 * 3 }, (_, at) => (at + Math.floor(at / 768)) % 256)
    expect(Buffer.from(bytes).equals(await pixels(await encoded(fromSrgbBytes(bytes, 256, 64), PNG)))).toBe(true)
  })

  it('dithers between two codes, so that a smooth ramp keeps its mean and stays grey', async () => {
    const ramp = createRaster(128, 128, 3)
    ramp.data.fill(0.2)
    const made = await pixels(await encoded(ramp, PNG))
    // Linear 0.2 is the code 123.555.
    expect(new Set(made)).toEqual(new Set([123, 124]))
    expect(made.reduce((sum, code) => sum + code, 0) / made.length).toBeCloseTo(123.555, 1)
    for (let at = 0; at < made.length; at += 3) expect(made[at + 1]).toBe(made[at])
  })

  it('makes the same file every time', async () => {
    const chart = patchChart(64, 64)
    expect((await encoded(chart, PNG)).equals(await encoded(chart, PNG))).toBe(true)
  })

  it.each([
    ['png', 16],
    ['tiff', 16],
    ['jpeg', 8],
    ['webp', 8],
    ['avif', 8]
  ] as const)('names its format, depth and profile: %s with %d bits', async (format, bitsPerChannel) => {
    const file = await encoded(patchChart(80, 64), { format, bitsPerChannel, profile: 'display-p3' })
    const metadata = await sharp(file).metadata()
    expect(metadata).toMatchObject({
      format: format === 'avif' ? 'heif' : format,
      width: 80,
      height: 64,
      depth: bitsPerChannel === 16 ? 'ushort' : 'uchar'
    })
    // The description is UTF-16 in a version 4 profile.
    expect(metadata.icc?.includes(Buffer.from('Display P3', 'utf16le').swap16())).toBe(true)
  })

  it.each(['png', 'jpeg', 'tiff', 'webp', 'avif'] as const)('says who made it: %s', async (format) => {
    const metadata = {
      title: 'A & B',
      creator: 'José <Studio>',
      copyright: '© 2031',
      software: 'APEX',
      pixelsPerInch: 300
    }
    const file = await encoded(patchChart(64, 64), { format, bitsPerChannel: 8, profile: 'srgb', metadata })
    const { xmp, exif, density } = await sharp(file).metadata()
    expect(xmp?.toString('utf8')).toContain('<rdf:li>José &lt;Studio&gt;</rdf:li>')
    expect(xmp?.toString('utf8')).toContain('A &amp; B')
    // EXIF is ASCII (EXIF 2.32, 4.6.2).
    if (format !== 'tiff') expect(exif?.includes('Jose <Studio>')).toBe(true)
    if (format !== 'webp' && format !== 'avif') expect(density).toBe(300)
  })

  it('says nothing else', async () => {
    const { xmp, exif } = await sharp(await encoded(patchChart(64, 64), PNG)).metadata()
    expect([xmp, exif]).toEqual([undefined, undefined])
  })

  it('refuses 16 bits where the format has none', async () => {
    const attempt = encoded(patchChart(64, 64), { format: 'jpeg', bitsPerChannel: 16, profile: 'srgb' })
    await expect(attempt).rejects.toMatchObject({ code: 'option-invalid' })
  })
})

describe('encodeStrips', () => {
  it.each([1, 7, 64])('writes the file that encodePicture writes, strips of %d rows', async (rows) => {
    const chart = patchChart(96, 64)
    const path = join(folder, 'strips.png')
    await encodeStrips(path, chart, PNG, stripsOf(chart, rows))
    expect((await readFile(path)).equals(await encoded(chart, PNG))).toBe(true)
  })

  it('refuses strips that do not add up to the picture, and writes nothing', async () => {
    const path = join(folder, 'short.png')
    const chart = patchChart(96, 64)
    await expect(encodeStrips(path, { width: 96, height: 65 }, PNG, stripsOf(chart, 8))).rejects.toThrow(StudioError)
    await expect(encodeStrips(path, { width: 96, height: 63 }, PNG, stripsOf(chart, 8))).rejects.toThrow(StudioError)
    await expect(readFile(path)).rejects.toThrow('ENOENT')
  })

  it('stops when it is cancelled', async () => {
    const options = { ...PNG, signal: AbortSignal.abort() }
    const chart = patchChart(96, 64)
    const attempt = encodeStrips(join(folder, 'cancelled.png'), chart, options, stripsOf(chart, 8))
    await expect(attempt).rejects.toMatchObject({ code: 'cancelled' })
  })
})

/** A file system of one's own needs root; elsewhere these two are left out. */
function mounted(options: string): string | null {
  try {
    const path = execFileSync('mktemp', ['-d']).toString().trim()
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', path], { stdio: 'ignore' })
    return path
  } catch {
    return null
  }
}

function unmount(path: string): void {
  execFileSync('umount', [path])
}

describe('a place that cannot be written to', () => {
  it('is named: a folder that is not there, or a folder of that name', async () => {
    const chart = patchChart(64, 64)
    const missing = encodePicture(chart, join(folder, 'none', 'picture.png'), PNG)
    await expect(missing).rejects.toMatchObject({ code: 'output-unwritable' })
    await mkdir(join(folder, 'taken.png'))
    await expect(encodePicture(chart, join(folder, 'taken.png'), PNG)).rejects.toMatchObject({
      code: 'output-unwritable'
    })
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('is named: a drive that is full, which keeps the file it had', async ({ skip }) => {
    const drive = mounted('size=128k')
    if (drive === null) return skip()
    try {
      const path = join(drive, 'picture.tiff')
      await writeFile(path, 'before')
      const options: EncodeOptions = { format: 'tiff', bitsPerChannel: 16, profile: 'srgb' }
      const noise = createRaster(300, 300, 3)
      noise.data.forEach((_, at) => {
        noise.data[at] = ((at * 7919) % 10_007) / 10_007
      })
      await expect(encodePicture(noise, path, options)).rejects.toMatchObject({ code: 'disk-full' })
      expect(await readFile(path, 'utf8')).toBe('before')
      expect(await readdir(drive)).toEqual(['picture.tiff'])
    } finally {
      unmount(drive)
    }
  })

  it('is named: a drive that is read-only', async ({ skip }) => {
    const drive = mounted('ro')
    if (drive === null) return skip()
    try {
      const attempt = encodePicture(patchChart(64, 64), join(drive, 'picture.png'), PNG)
      await expect(attempt).rejects.toMatchObject({ code: 'output-unwritable' })
    } finally {
      unmount(drive)
    }
  })
})
