import { readFile, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import ExifReader from 'exifreader'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { EXPORT_PRESETS, type ExportPreset, exportPresetSchema } from '../../domain/delivery/export-preset.ts'
import { CAN_MOUNT, inMountedFolder } from '../testing/mounted-folder.fixture.ts'
import { type DeliveryStudio, filesBelow, openDeliveryStudio, recordingContext } from './delivery-studio.fixture.ts'

let studio: DeliveryStudio
beforeAll(async () => {
  studio = await openDeliveryStudio()
  await studio.addJob('one', { attempts: 2 })
  await studio.addJob('two', { name: 'Олена.jpg' })
})
afterAll(() => studio.close())

let nextFolder = 0
let folder = ''
afterEach(() => {
  folder = ''
})
const out = () => {
  folder = join(studio.root, `out-${nextFolder++}`)
  return folder
}

const preset = (change: object = {}): ExportPreset =>
  exportPresetSchema.parse({
    _id: 'small',
    name: 'Small',
    size: { kind: 'long-edge', pixels: 300 },
    nameTemplate: '{subject}_{kind}_{n}',
    ...change
  })
const item = (jobId: string, attempt: number | null = null) => ({ jobId, attempt })

describe('DeliveryService.export', () => {
  it('writes each picture once for each preset, with the camera, the source type and the seed in it', async () => {
    const context = recordingContext()
    const result = await studio.service.export(
      {
        items: [item('one'), item('one', 2), item('two')],
        presets: [
          preset(),
          preset({ _id: 'web', name: 'Web', format: 'webp', nameTemplate: '{preset}/{subject}_{n}' })
        ],
        folder: out()
      },
      context
    )
    expect(result.failed).toEqual([])
    expect(await filesBelow(folder)).toEqual([
      'Anna Müller_attempt-2_2.jpg',
      'Anna Müller_final_1.jpg',
      'Web/Anna Müller_1.webp',
      'Web/Anna Müller_2.webp',
      'Web/Олена_3.webp',
      'Олена_final_3.jpg'
    ])
    for (const { path, bytes } of result.written) expect((await stat(path)).size).toBe(bytes)
    const tags = ExifReader.load(await readFile(join(folder, 'Anna Müller_attempt-2_2.jpg')), { expanded: true })
    expect(tags.exif?.Model?.description).toBe('ILCE-7M2')
    expect(tags.xmp?.DigitalSourceType?.description).toMatch(/compositeCapture$/)
    expect(tags.xmp?.Seed?.description).toBe('2')
    expect(tags.file?.['Image Width']?.value).toBe(300)
    expect(context.seen.at(-1)).toMatchObject({ done: 6, total: 6 })
    const done = context.seen.map((progress) => progress.done)
    expect([...done].sort((a, b) => a - b)).toEqual(done)
  })

  it('says beforehand what the files will be called', async () => {
    const request = { items: [item('one'), item('gone'), item('two')], presets: [preset({ nameTemplate: 'a' })] }
    expect(await studio.service.previewNames({ ...request, folder: null })).toEqual(['a.jpg', null, 'a-2.jpg'])
    await studio.service.export({ ...request, items: [item('one')], folder: out() }, recordingContext())
    const foreseen = await studio.service.previewNames({ ...request, folder })
    const { written } = await studio.service.export({ ...request, folder }, recordingContext())
    expect(foreseen).toEqual(['a-2.jpg', null, 'a-3.jpg'])
    expect(written.map(({ path }) => basename(path))).toEqual(['a-2.jpg', 'a-3.jpg'])
  })

  it('calls people by the name they were given', async () => {
    await studio.addJob('known', { subjectId: 'named' })
    const presets = [preset({ nameTemplate: '{subject} {original}' })]
    const names = await studio.service.previewNames({ items: [item('known'), item('one')], presets, folder: null })
    expect(names).toEqual(['Anna Petrova Anna Müller.jpg', 'Anna Müller Anna Müller.jpg'])
  })

  it('goes on after a picture that cannot be exported', async () => {
    const job = await studio.addJob('lost')
    const gone = 'f'.repeat(64)
    if (job.final)
      studio.replaceJob({ ...job, final: { ...job.final, picture: { ...job.final.picture, artifact: gone } } })
    const items = [item('no-such-job'), item('one', 9), item('lost'), item('two')]
    const result = await studio.service.export({ items, presets: [preset()], folder: out() }, recordingContext())
    expect(result.failed.map(({ error }) => error.code)).toEqual(['job-missing', 'job-state', 'artifact-missing'])
    expect(await filesBelow(folder)).toEqual(['Олена_final_4.jpg'])
  })

  it.each([
    ['number', ['a-2.jpg', 'a.jpg'], 1, 0],
    ['replace', ['a.jpg'], 1, 0],
    ['skip', ['a.jpg'], 0, 1]
  ] as const)('where a name is taken, "%s" does so', async (collision, files, written, skipped) => {
    const request = { items: [item('one')], presets: [preset({ nameTemplate: 'a', collision })], folder: out() }
    await studio.service.export({ ...request, items: [item('two')] }, recordingContext())
    await writeFile(join(folder, 'a.jpg'), 'what was there')
    const result = await studio.service.export(request, recordingContext())
    expect([result.written.length, result.skipped.length]).toEqual([written, skipped])
    expect(await filesBelow(folder)).toEqual(files)
    expect((await readFile(join(folder, 'a.jpg'), 'utf8')) === 'what was there').toBe(collision !== 'replace')
  })

  it.each(['number', 'replace', 'skip'] as const)(
    'never lets one of its own replace another: %s',
    async (collision) => {
      const items = [item('one'), item('two'), item('one', 1)]
      const presets = [
        preset({ nameTemplate: 'same', collision }),
        preset({ _id: 'b', nameTemplate: 'SAME', collision })
      ]
      const result = await studio.service.export({ items, presets, folder: out() }, recordingContext())
      expect(result.written).toHaveLength(6)
      const names = (await filesBelow(folder)).map((name) => name.toLowerCase())
      expect(new Set(names).size).toBe(6)
    }
  )

  it('leaves only whole files when it is cancelled', async () => {
    const controller = new AbortController()
    const items = [item('one'), item('two'), item('one', 1), item('one', 2)]
    const context = recordingContext(controller.signal)
    const running = studio.service.export(
      { items, presets: [preset({ format: 'png', size: { kind: 'original' } })], folder: out() },
      { ...context, onProgress: (progress) => progress.done > 1.2 && controller.abort() }
    )
    await expect(running).rejects.toMatchObject({ code: 'cancelled' })
    const files = await filesBelow(folder)
    expect(files).toEqual(['Anna Müller_final_1.png'])
    // A PNG ends with its IEND chunk.
    expect((await readFile(join(folder, files[0] ?? ''))).subarray(-8, -4).toString()).toBe('IEND')
  })

  it('writes nothing when it is cancelled before it begins', async () => {
    const running = studio.service.export(
      { items: [item('one')], presets: [preset()], folder: out() },
      recordingContext(AbortSignal.abort())
    )
    await expect(running).rejects.toMatchObject({ code: 'cancelled' })
    expect(await filesBelow(folder)).toEqual([])
  })

  it.skipIf(!CAN_MOUNT)('leaves only whole files on a full disk, and says which', async () => {
    const presets = [preset({ format: 'tiff', size: { kind: 'original' } })]
    const items = [item('one'), item('two'), item('one', 1), item('one', 2)]
    const one = await studio.service.export({ items: [item('one')], presets, folder: out() }, recordingContext())
    const kilobytes = Math.round((1.6 * (one.written[0]?.bytes ?? 0)) / 1024)
    await inMountedFolder(`size=${kilobytes}k`, async (drive) => {
      const running = studio.service.export({ items, presets, folder: drive }, recordingContext())
      await expect(running).rejects.toMatchObject({ code: 'disk-full', details: { written: [expect.any(String)] } })
      expect(await filesBelow(drive)).toEqual(['Anna Müller_final_1.tif'])
    })
  })

  it.skipIf(!CAN_MOUNT)('says so when nothing can be written there', async () => {
    await inMountedFolder('ro', async (drive) => {
      const running = studio.service.export(
        { items: [item('one')], presets: [preset()], folder: drive },
        recordingContext()
      )
      await expect(running).rejects.toMatchObject({ code: 'output-unwritable' })
    })
  })

  it('does what every built-in preset says', async () => {
    const result = await studio.service.export(
      { items: [item('one')], presets: [...EXPORT_PRESETS], folder: out() },
      recordingContext()
    )
    expect(result.failed).toEqual([])
    expect(result.written.map(({ size }) => Math.max(size.width, size.height))).toEqual([1920, 800, 1920, 1920, 1920])
    expect(result.written[2]?.notes.join()).toContain('ppi in print, not 300')
  })
})
