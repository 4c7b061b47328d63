import { copyFile, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EXPORT_FORMATS, type ExportFormat, exportOptionsSchema } from '../../domain/delivery/export-options.ts'
import type { ExportPictureRequest } from '../../domain/delivery/export-picture.ts'
import { decodePhoto } from '../pixels/decode.ts'
import { encodePicture } from '../pixels/encode.ts'
import { patchChart } from '../pixels/patch-chart.fixture.ts'
import { createRaster } from '../pixels/raster.ts'
import { sharp } from '../pixels/sharp.ts'
import { HAS_EXIFTOOL, readWithExiftool } from './exiftool.fixture.ts'
import { exportPicture } from './export-picture.ts'

/** A Sony's own JPEG, with its exposure. */
const CAMERA_PHOTO = resolve('node_modules/@vladmandic/face-api/demo/sample1.jpg')
const FORMATS = Object.keys(EXPORT_FORMATS) as ExportFormat[]
const SOURCE_TYPE = 'http://cv.iptc.org/newscodes/digitalsourcetype/compositeCapture'

let folder = ''
let source = ''
let reference = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'export-'))
  source = join(folder, 'final.png')
  await encodePicture(patchChart(200, 250), source, { format: 'png', bitsPerChannel: 16, profile: 'display-p3' })
  reference = join(folder, 'reference.jpg')
  await sharp(CAMERA_PHOTO)
    .resize(200)
    .keepExif()
    .withExifMerge({
      IFD0: { Artist: 'Jose', Copyright: '(c) 2031 Jose' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1', GPSLongitudeRef: 'W', GPSLongitude: '0/1 7/1 30/1' }
    })
    .withXmp(
      '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© 2031 José</rdf:li></rdf:Alt></dc:rights></rdf:Description></rdf:RDF></x:xmpmeta>'
    )
    .jpeg()
    .toFile(reference)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const context = (signal = new AbortController().signal) => ({ signal, onProgress: () => undefined })

function order(name: string, options: object, change: Partial<ExportPictureRequest> = {}): ExportPictureRequest {
  return {
    path: source,
    referencePath: reference,
    outputPath: join(folder, name),
    options: exportOptionsSchema.parse(options),
    title: 'Ελένη & Анна',
    digitalSourceType: SOURCE_TYPE,
    software: 'APEX Portrait Studio 1',
    recipe: {
      job: 'job-1',
      attempt: 2,
      seed: 42,
      engine: 'retouch',
      engineVersion: '1',
      prompt: 'A portrait <of> Anna.',
      parameters: { purpose: 'resume', background: 'studio_grey' }
    },
    ...change
  }
}

describe('exportPicture', () => {
  it.each(FORMATS)('writes %s at the size, depth and profile asked for', async (format) => {
    const request = order(`sized.${format}`, {
      format,
      bitsPerChannel: 16,
      profile: 'display-p3',
      size: { kind: 'long-edge', pixels: 125 }
    })
    const made = await exportPicture(request, context())
    const deep = format === 'png' || format === 'tiff'
    expect(made).toMatchObject({ size: { width: 100, height: 125 }, bitsPerChannel: deep ? 16 : 8 })
    expect(made.bytes).toBe((await stat(request.outputPath)).size)
    const metadata = await sharp(request.outputPath).metadata()
    expect(metadata).toMatchObject({ width: 100, height: 125, depth: deep ? 'ushort' : 'uchar' })
    expect(metadata.icc?.includes(Buffer.from('Display P3', 'utf16le').swap16())).toBe(true)
  })

  it('keeps 16 bits of colour from the stored picture to a TIFF', async () => {
    const request = order('deep.tif', { format: 'tiff', bitsPerChannel: 16, profile: 'display-p3' })
    await exportPicture(request, context())
    const raw = (path: string) =>
      sharp(path, { ignoreIcc: true }).toColourspace('rgb16').raw({ depth: 'ushort' }).toBuffer()
    const [before, after] = [await raw(source), await raw(request.outputPath)].map(
      (bytes) => new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2)
    )
    const furthest = before?.reduce((most, value, at) => Math.max(most, Math.abs(value - (after?.[at] ?? 0))), 0)
    // A profile holds its matrix to 1/65536, which is what remains.
    expect(furthest).toBeLessThanOrEqual(8)
  })

  it('converts Display P3 to sRGB without a change of what is seen', async () => {
    const skin = createRaster(64, 64, 3)
    skin.data.forEach((_, at) => {
      skin.data[at] = [0.42, 0.3, 0.22][at % 3] ?? 0
    })
    const path = join(folder, 'skin.png')
    await encodePicture(skin, path, { format: 'png', bitsPerChannel: 16, profile: 'display-p3' })
    const request = order('skin-out.png', { format: 'png', bitsPerChannel: 16, profile: 'srgb' }, { path })
    await exportPicture(request, context())
    const { raster, colourSpace } = await decodePhoto(request.outputPath)
    expect(colourSpace).toBe('sRGB')
    for (const [at, value] of [0.42, 0.3, 0.22].entries()) expect(raster.data[at]).toBeCloseTo(value, 3)
  })

  it('says so when a picture is not enlarged, or has no 16 bits', async () => {
    const shallow = join(folder, 'shallow.png')
    await encodePicture(patchChart(100, 100), shallow, { format: 'png', bitsPerChannel: 8, profile: 'srgb' })
    const options = { format: 'tiff', bitsPerChannel: 16, size: { kind: 'long-edge', pixels: 500 } }
    const made = await exportPicture(order('shallow.tif', options, { path: shallow }), context())
    expect(made).toMatchObject({ size: { width: 100, height: 100 }, bitsPerChannel: 8 })
    expect(made.notes.join('; ')).toMatch(/not enlarged.*8 bits/)
  })

  it('leaves no file when it is cancelled, when the picture is broken, or there is no folder', async () => {
    await expect(exportPicture(order('cancelled.jpg', {}), context(AbortSignal.abort()))).rejects.toThrow()
    const broken = join(folder, 'broken.png')
    await writeFile(broken, 'not a picture')
    await expect(exportPicture(order('broken.jpg', {}, { path: broken }), context())).rejects.toMatchObject({
      code: 'file-unsupported'
    })
    await expect(exportPicture(order(join('none', 'x.jpg'), {}), context())).rejects.toMatchObject({
      code: 'output-unwritable'
    })
    const left = await readdir(folder)
    expect(left.filter((name) => /cancelled|broken.jpg|part$/.test(name))).toEqual([])
  })

  it('exports a picture whose reference photo is damaged or has gone', async () => {
    const damaged = join(folder, 'damaged.jpg')
    await copyFile(source, damaged)
    await writeFile(damaged, Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0xff]))
    for (const referencePath of [damaged, join(folder, 'gone.jpg'), null]) {
      await expect(exportPicture(order('alone.jpg', {}, { referencePath }), context())).resolves.toBeDefined()
    }
  })
})

describe.skipIf(!HAS_EXIFTOOL)('what ExifTool reads', () => {
  const said = async (name: string, options: object) => {
    await exportPicture(order(name, options), context())
    return readWithExiftool(join(folder, name))
  }

  it.each(FORMATS)('of everything, in %s', async (format) => {
    const tags = await said(`all.${format === 'jpeg' ? 'jpg' : format}`, { format, metadata: { location: true } })
    expect(tags).toMatchObject({
      'XMP-dc:Description': 'Ελένη & Анна',
      'XMP-dc:Rights': '© 2031 José',
      'XMP-dc:Creator': ['Jose'],
      'XMP-iptcExt:DigitalSourceType': SOURCE_TYPE,
      'XMP-xmp:CreatorTool': 'APEX Portrait Studio 1',
      'XMP-apex:Seed': 42,
      'XMP-apex:Prompt': 'A portrait <of> Anna.',
      'XMP-apex:Parameter-purpose': 'resume',
      'XMP-tiff:Make': 'SONY',
      'XMP-exif:ExposureTime': 0.01,
      'XMP-exif:DateTimeOriginal': '2017:10:31 20:16:18'
    })
    if (format === 'tiff') return
    expect(tags).toMatchObject({
      'IFD0:Make': 'SONY',
      'IFD0:Model': 'ILCE-7M2',
      'ExifIFD:ExposureTime': 0.01,
      'ExifIFD:FNumber': 1.8,
      'ExifIFD:ISO': 2500,
      'ExifIFD:ExposureCompensation': -1,
      'ExifIFD:DateTimeOriginal': '2017:10:31 20:16:18',
      'ExifIFD:LensModel': 'FE 55mm F1.8 ZA',
      'GPS:GPSLatitude': 51.5
    })
  })

  it('no place on earth unless asked for, and no recipe when it is not wanted', async () => {
    const tags = await said('private.jpg', { metadata: { recipe: false } })
    expect(tags['IFD0:Make']).toBe('SONY')
    expect(Object.keys(tags).filter((name) => /GPS|apex/.test(name))).toEqual([])
  })

  it('only owner and source type with "copyright"', async () => {
    const tags = await said('owner.jpg', { metadata: { keep: 'copyright', creator: 'Studio Müller' } })
    expect(tags).toMatchObject({ 'XMP-dc:Creator': ['Studio Müller'], 'XMP-iptcExt:DigitalSourceType': SOURCE_TYPE })
    expect(Object.keys(tags).filter((name) => /Make|Exposure|apex|CreatorTool|dc:Description/.test(name))).toEqual([])
  })

  it.each(FORMATS)('nothing but the profile with "none", in %s', async (format) => {
    const tags = await said(`bare.${format}`, { format, metadata: { keep: 'none' } })
    const own = Object.keys(tags).filter((name) => /^(XMP|IPTC|ExifIFD|GPS|Photoshop)/.test(name))
    expect(own).toEqual([])
    expect(JSON.stringify(tags)).not.toMatch(/Jos|SONY|APEX|job-1/)
    expect(tags['ICC_Profile:ProfileDescription']).toBe('sRGB')
  })

  it('the resolution of a print', async () => {
    const size = { kind: 'print', widthMm: 20, heightMm: 25, pixelsPerInch: 200 }
    expect(await said('print.jpg', { size })).toMatchObject({ 'IFD0:XResolution': 200, 'IFD0:ResolutionUnit': 2 })
  })
})

describe('sharpening', () => {
  it('raises edges for each medium more than the one before, and leaves flat areas and their noise alone', async () => {
    const edge = createRaster(200, 100, 3)
    for (let y = 0; y < 100; y++) {
      for (let x = 0; x < 200; x++) {
        const ripple = x < 80 ? 0.0005 * ((x + y) % 2) : 0
        edge.data.fill((x < 100 ? 0.1 : 0.4) + ripple, (y * 200 + x) * 3, (y * 200 + x) * 3 + 3)
      }
    }
    const plain = join(folder, 'edge.png')
    await encodePicture(edge, plain, { format: 'png', bitsPerChannel: 16, profile: 'srgb' })
    const contrast = async (sharpenFor: string, sharpenAmount = 'standard') => {
      const request = order(
        'edge-out.png',
        { format: 'png', bitsPerChannel: 16, sharpenFor, sharpenAmount },
        { path: plain }
      )
      await exportPicture(request, context())
      const { data } = (await decodePhoto(request.outputPath)).raster
      const row = data.subarray(50 * 600, 51 * 600).filter((_, at) => at % 3 === 1)
      return {
        overshoot: Math.max(...row) - 0.4,
        flat: Math.max(...row.subarray(10, 70)) - Math.min(...row.subarray(10, 70))
      }
    }
    const [none, screen, glossy, matte] = [
      await contrast('none'),
      await contrast('screen'),
      await contrast('print-glossy'),
      await contrast('print-matte')
    ]
    expect(none.overshoot).toBeLessThan(0.001)
    expect(screen.overshoot).toBeGreaterThan(0.005)
    expect(glossy.overshoot).toBeGreaterThan(screen.overshoot)
    expect(matte.overshoot).toBeGreaterThan(glossy.overshoot)
    expect(matte.overshoot).toBeLessThan(0.2)
    expect((await contrast('screen', 'high')).overshoot).toBeGreaterThan(screen.overshoot)
    expect(matte.flat).toBeCloseTo(none.flat, 4)
  })
})
