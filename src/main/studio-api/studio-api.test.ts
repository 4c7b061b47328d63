import { copyFile, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { writeTinyFlux } from '../../../scripts/models/tiny-flux/write-tiny-flux.ts'
import { STUDIO_CALL_NAMES, STUDIO_CALLS_BY_NAME } from '../../contract/studio/calls.ts'
import { STUDIO_EVENTS } from '../../contract/studio/events.ts'
import type { StudioPhoto } from '../../domain/subject.ts'
import { examineStudio } from '../doctor.ts'
import { sweep } from '../store/artifacts/sweep.ts'
import type { Identified } from '../store/collection.ts'
import { openFromSource } from '../store/test-database.fixture.ts'
import { openTestApi, type TestApi } from './studio-api.fixture.ts'

const DEMO = fileURLToPath(new URL('../../../node_modules/@vladmandic/face-api/demo/', import.meta.url))
const THREE = join(DEMO, 'sample1.jpg')

/** What calls say of parameters that are missing, and of a server that there is not. */
const OF_NOTHING = /^(call-invalid|server-off)$/

let test: TestApi
beforeAll(async () => {
  test = await openTestApi()
})
afterAll(() => test.close())

async function imported(path = THREE): Promise<StudioPhoto> {
  const { accepted } = await test.client.call('photos.import', { sources: [{ kind: 'path', path }] })
  const [photo] = accepted
  if (!photo) throw new Error('The photo was refused.')
  return photo
}

async function submitted(count: number): Promise<string[]> {
  const photo = await imported()
  await test.client.call('photos.chooseFace', { id: photo._id, face: 0 })
  const orders = Array.from({ length: count }, () => ({ photoIds: [photo._id] }))
  return (await test.client.call('jobs.submit', { orders })).jobs.map(({ _id }) => _id)
}

describe('the studio’s calls', () => {
  it('put a job that cannot be read away, and back', async () => {
    const [id = ''] = await submitted(1)
    await test.client.call('jobs.cancel', { ids: [id] })
    const database = await openFromSource({ folder: test.studio.dataFolder })
    const jobs = database.collection<Identified & { status: string }>('jobs')
    await jobs.updateOne({ _id: id }, { $set: { status: 'nonsense' } })
    const unreadable = async (bin: boolean) =>
      (await test.client.call('jobs.list', { filter: { bin } })).unreadable.map((each) => [each.id, each.error.code])
    expect(await unreadable(false)).toEqual([[id, 'store-damaged']])
    expect(await test.client.call('jobs.remove', { ids: [id] })).toEqual({ done: [id], refused: [] })
    expect([await unreadable(false), await unreadable(true)]).toEqual([[], [[id, 'store-damaged']]])
    expect(test.told('jobs.changed')).toContainEqual({ changed: [], removed: [id] })
    expect(await test.client.call('jobs.restore', { ids: [id] })).toEqual({ done: [id], refused: [] })
    expect(await unreadable(false)).toEqual([[id, 'store-damaged']])
    expect(test.told('jobs.stale')).toHaveLength(1)
    await jobs.deleteOne({ _id: id })
    await database.close()
  })

  it('are all answered, those of a window with the reason why not', async () => {
    for (const name of STUDIO_CALL_NAMES) {
      const answer = await test.api.answer({ name, params: {}, task: null })
      const { where } = STUDIO_CALLS_BY_NAME[name]
      if (where === 'desktop') expect(answer, name).toMatchObject({ ok: false, error: { code: 'desktop-only' } })
      else if (!answer.ok) expect(answer.error.code, `${name}: ${answer.error.message}`).toMatch(OF_NOTHING)
    }
  })

  it('describe studio and engines', async () => {
    expect(await test.client.call('studio.describe', {})).toMatchObject({ desktop: false, maxAttempts: 3 })
    const { engines } = await test.client.call('engines.list', {})
    expect(engines.map(({ port, engine, state, preferred }) => [port, engine, state, preferred])).toEqual([
      ['examiner', 'measurements', 'ready', true],
      ['generator', 'flux', 'uninstalled', false],
      ['generator', 'retouch', 'ready', true],
      ['vlm', 'local', 'uninstalled', false],
      ['vlm', 'rules', 'ready', true]
    ])
    const { examiner } = await test.studio.chooseEngines({ generator: null, vlm: null })
    await examiner.inspect(THREE, { signal: new AbortController().signal, onProgress: () => undefined })
    const states = () =>
      test.told('engines.changed').map((told) => told.engines.map(({ engine, state }) => `${engine} ${state}`))
    await expect
      .poll(() => states().at(-1))
      .toEqual(['measurements ready', 'flux uninstalled', 'retouch ready', 'local uninstalled', 'rules ready'])
    expect(states()).toContainEqual([
      'measurements busy',
      'flux uninstalled',
      'retouch busy',
      'local uninstalled',
      'rules ready'
    ])
    const estimate = await test.client.call('jobs.estimate', {
      settings: { parameters: { attire: 'business_formal' } }
    })
    expect(estimate.generator.engine).toBe('retouch')
    expect(estimate.limitations.map(({ parameter }) => parameter)).toContain('attire')
  })

  it('know a model that is installed meanwhile, and miss one that is removed', async () => {
    const model = join(test.studio.dataFolder, 'models', 'flux2-klein-4b')
    const flux = async () => {
      const { engines } = await test.client.call('engines.list', {})
      return engines.flatMap(({ engine, state, preferred }) => (engine === 'flux' ? [[state, preferred]] : []))
    }
    expect(await flux()).toEqual([['uninstalled', false]])
    await writeTinyFlux(model, 'flux2-klein', { io: 'float32' })
    expect(await flux()).toEqual([['ready', true]])
    const findings = await examineStudio(test.studio)
    expect(findings.map(({ says }) => says)).toContainEqual(expect.stringContaining('FLUX.2 klein, on this machine'))
    await rm(model, { recursive: true })
    expect(await flux()).toEqual([['uninstalled', false]])
  })

  it('keep settings and tell of them', async () => {
    const settings = await test.client.call('settings.set', { change: { surround: 'light' } })
    expect(settings.surround).toBe('light')
    expect((await test.client.call('settings.set', { change: { author: 'Ada' } })).surround).toBe('light')
    expect(test.told('settings.changed').at(-1)).toMatchObject({ surround: 'light', author: 'Ada' })
    await expect(test.client.call('settings.set', { change: { binDays: 0 } })).rejects.toMatchObject({
      code: 'call-invalid'
    })
  })
})

describe('intake', () => {
  it('takes files, folders and bytes, each by itself, and the same photo once', async () => {
    const folder = join(test.folder, 'shoot')
    await mkdir(join(folder, 'deep'), { recursive: true })
    await copyFile(join(DEMO, 'sample2.jpg'), join(folder, 'deep', 'anna.jpg'))
    await writeFile(join(folder, 'broken.jpg'), 'not a photo')
    await writeFile(join(folder, 'notes.txt'), 'left alone')
    const bytes = new Uint8Array(await readFile(join(DEMO, 'sample2.jpg')))
    const progress = vi.fn()
    const { accepted, rejected } = await test.client.call(
      'photos.import',
      {
        sources: [
          { kind: 'path', path: folder },
          { kind: 'path', path: join(folder, 'missing.jpg') },
          { kind: 'bytes', name: 'pasted.jpg', bytes }
        ]
      },
      { onProgress: progress }
    )
    expect(accepted.map(({ name }) => name)).toEqual(['anna.jpg', 'anna.jpg'])
    expect(new Set(accepted.map(({ _id }) => _id)).size).toBe(1)
    expect(rejected.map(({ name, error }) => [name, error.code])).toEqual([
      ['missing.jpg', 'file-missing'],
      ['broken.jpg', 'file-unsupported']
    ])
    expect(progress.mock.calls.length).toBeGreaterThan(0)
    const waiting = test.told('intake.changed').map((intake) => intake.waiting)
    expect(waiting.at(-1)).toBe(0)
    const { subjects } = await test.client.call('subjects.list', {})
    expect(subjects.find(({ name }) => name === 'anna')).toMatchObject({ photos: 1, jobs: 0 })
  })

  it('has a sample photo of one person', async () => {
    const { accepted, rejected } = await test.client.call('photos.importSample', {})
    expect([accepted.length, rejected]).toEqual([1, []])
    expect(accepted[0]).toMatchObject({ face: 0, name: 'eileen-collins.jpg' })
  })

  it('can be cancelled between photos', async () => {
    const abort = new AbortController()
    const sources = [3, 4, 5, 6].map((n) => ({ kind: 'path' as const, path: join(DEMO, `sample${n}.jpg`) }))
    const importing = test.client.call(
      'photos.import',
      { sources },
      { signal: abort.signal, onProgress: () => abort.abort() }
    )
    await expect(importing).rejects.toMatchObject({ code: 'cancelled' })
    const { photos } = await test.client.call('photos.list', {})
    expect(photos.some(({ name }) => name === 'sample6.jpg')).toBe(false)
  })

  it('keeps several people of one photo apart', async () => {
    const photo = await imported()
    const second = await test.client.call('photos.chooseFace', { id: photo._id, face: 2, asNewSubject: true })
    expect(second).toMatchObject({ artifact: photo.artifact, face: 2 })
    expect(second.subjectId).not.toBe(photo.subjectId)
    await expect(test.client.call('photos.chooseFace', { id: photo._id, face: 3 })).rejects.toMatchObject({
      code: 'face-choice-invalid'
    })
    await test.client.call('subjects.remove', { ids: [second.subjectId] })
  })

  it('shows a thumbnail and swatches of the person', async () => {
    const photo = await imported()
    await test.client.call('photos.chooseFace', { id: photo._id, face: 0 })
    const { path, mediaType } = await test.api.fileOf({ kind: 'thumbnail', id: photo.artifact, edge: 160 })
    expect([mediaType, (await stat(path)).size > 500]).toEqual(['image/jpeg', true])
    const asked = { photoId: photo._id, of: 'background' as const, ids: ['studio_grey', 'nowhere at all'] }
    const { swatches } = await test.client.call('swatches.render', asked)
    expect(swatches[0]).toMatchObject({ id: 'studio_grey', personal: true, error: null })
    const plain = await test.client.call('swatches.render', { photoId: null, of: 'lighting', ids: ['soft'] })
    expect(plain.swatches).toMatchObject([
      { id: 'soft', personal: false, error: null, key: expect.stringMatching(/^0{16}/) }
    ])
    const again = await test.client.call('swatches.render', asked)
    expect(again.swatches[0]).toEqual(swatches[0])
    const file = await test.api.fileOf({ kind: 'swatch', key: swatches[0]?.key ?? '' })
    expect((await stat(file.path)).size).toBeGreaterThan(500)
  })
})

describe('an own backdrop', () => {
  const asked = { photoId: null, of: 'background' as const, ids: ['own_backdrop'] }

  it('is taken in, shown in its swatch and ordered', async () => {
    const path = join(test.studio.resources, 'places', 'hall.hdr')
    const backdrop = await test.client.call('backdrops.import', { source: { kind: 'path', path } })
    expect(backdrop).toMatchObject({ name: 'hall.hdr', bytes: (await stat(path)).size })
    const shown = async (behind: typeof backdrop | null) =>
      (await test.client.call('swatches.render', { ...asked, backdrop: behind })).swatches[0]
    const hall = await shown(backdrop)
    expect(hall).toMatchObject({ personal: false, error: null })
    const photograph = { kind: 'bytes' as const, name: 'wall.jpg', bytes: new Uint8Array(await readFile(THREE)) }
    const wall = await test.client.call('backdrops.import', { source: photograph })
    expect(wall.name).toBe('wall.jpg')
    expect((await shown(wall))?.key).not.toBe(hall?.key)
    expect(await shown(null)).toMatchObject({
      key: null,
      error: { code: 'parameters-invalid', hint: expect.stringContaining('panorama') }
    })
    const photo = await imported()
    await test.client.call('photos.chooseFace', { id: photo._id, face: 0 })
    const parameters = { background: 'own_backdrop' }
    const orders = [
      { photoIds: [photo._id], parameters, backdrop },
      { photoIds: [photo._id], parameters }
    ]
    const { jobs, refused } = await test.client.call('jobs.submit', { orders })
    expect(refused).toMatchObject([{ order: 1, error: { code: 'parameters-invalid' } }])
    const id = jobs[0]?._id ?? ''
    expect(await test.client.call('jobs.get', { id })).toMatchObject({ backdrop, parameters })
    await test.client.call('jobs.cancel', { ids: [id] })
  })

  it('that cannot be read is refused when it is handed in', async () => {
    const path = join(test.folder, 'notes.exr')
    await writeFile(path, 'v/1\u0001 and then nothing')
    await expect(test.client.call('backdrops.import', { source: { kind: 'path', path } })).rejects.toMatchObject({
      code: expect.stringMatching(/^(image-damaged|file-unsupported)$/)
    })
  })
})

describe('jobs', () => {
  it('are put in order, one moved before another', async () => {
    const ids = await submitted(5)
    const queue = async () => {
      const sort = { by: 'queue' as const }
      const { items } = await test.client.call('jobs.list', { filter: { status: ['pending'] }, sort, limit: 200 })
      return items.map(({ _id }) => _id).filter((id) => ids.includes(id))
    }
    const [a = '', b = '', c = '', d = '', e = ''] = ids
    expect(await queue()).toEqual([a, b, c, d, e])
    await test.client.call('jobs.reorder', { ids: [e, c], before: a })
    expect(await queue()).toEqual([e, c, a, b, d])
    await test.client.call('jobs.reorder', { ids: [c], before: null })
    expect(await queue()).toEqual([e, a, b, d, c])
    for (let again = 0; again < 30; again += 1)
      await test.client.call('jobs.reorder', { ids: [again % 2 ? d : b], before: a })
    expect((await queue()).slice(0, 4)).toEqual([e, b, d, a])
    await test.client.call('jobs.cancel', { ids })
    await expect(test.client.call('jobs.reorder', { ids: [a], before: null })).rejects.toMatchObject({
      code: 'job-state'
    })
  })

  it('are told as they change, each revision once', async () => {
    const [id = ''] = await submitted(1)
    await test.client.call('jobs.rate', { targets: [{ jobId: id }], change: { stars: 5, flag: 'pick' } })
    const revisions = () =>
      test
        .told('jobs.changed')
        .flatMap(({ changed }) => changed.filter(({ _id }) => _id === id))
        .map(({ revision, rating }) => [revision, rating.stars])
    await expect.poll(() => revisions().at(-1)).toEqual([1, 5])
    await test.client.call('jobs.remove', { ids: [id] })
    await expect.poll(() => test.told('jobs.changed').some(({ removed }) => removed.includes(id))).toBe(true)
    const seen = revisions().map(([revision]) => revision)
    expect(new Set(seen).size).toBe(seen.length)
    for (const event of ['jobs.changed', 'queue.changed'] as const) {
      for (const payload of test.told(event)) expect(STUDIO_EVENTS[event].safeParse(payload).success).toBe(true)
    }
  })

  it('one that cannot be done stops no other', async () => {
    const [id = ''] = await submitted(1)
    const { done, refused } = await test.client.call('jobs.cancel', { ids: ['nobody', id] })
    expect(done).toEqual([id])
    expect(refused).toMatchObject([{ id: 'nobody', error: { code: 'job-missing' } }])
  })

  it('are duplicated with changes', async () => {
    const [id = ''] = await submitted(1)
    const copy = await test.client.call('jobs.duplicate', {
      id,
      change: { parameters: { background: 'white' }, seed: 11 }
    })
    const job = await test.client.call('jobs.get', { id: copy._id })
    expect(job).toMatchObject({ seed: 11, parameters: { background: 'white' }, status: 'pending', attempts: [] })
    const before = await test.client.call('jobs.get', { id })
    expect(job.references).toEqual(before.references)
    expect(job.maxAttempts).toBe(before.maxAttempts)
    expect(job).not.toHaveProperty('lease')
  })

  it('are found by words, the subject’s name among them, whole lists by their ids', async () => {
    const [id = ''] = await submitted(1)
    const job = await test.client.call('jobs.get', { id })
    await test.client.call('subjects.rename', { id: job.subjectId, name: 'Großmutter Żaneta' })
    const { ids } = await test.client.call('jobs.ids', { filter: { text: 'zan' } })
    expect(ids).toContain(id)
    expect((await test.client.call('jobs.ids', { filter: { text: 'zan nobody' } })).ids).toEqual([])
    const counts = await test.client.call('jobs.counts', { filter: { text: 'grossmutter' } })
    expect(Object.values(counts).every((count) => count >= 0)).toBe(true)
  })

  it('of photos that are gone are refused', async () => {
    const { jobs, refused } = await test.client.call('jobs.submit', { orders: [{ photoIds: ['nobody'] }] })
    expect([jobs, refused]).toMatchObject([[], [{ order: 0, error: { code: 'photo-missing' } }]])
  })
})

describe('people', () => {
  it('are merged, put into the bin with all that is theirs, restored, and erased for good', async () => {
    const one = await imported(join(DEMO, 'sample5.jpg'))
    const two = await imported(join(DEMO, 'sample6.jpg'))
    await test.client.call('subjects.merge', { into: one.subjectId, others: [two.subjectId] })
    const { photos } = await test.client.call('photos.list', { subjectIds: [one.subjectId] })
    expect(photos.map(({ _id }) => _id).sort()).toEqual([one._id, two._id].sort())
    const face = (photo: StudioPhoto) => test.client.call('photos.chooseFace', { id: photo._id, face: 0 })
    await Promise.all([face(one), face(two)])
    const { jobs } = await test.client.call('jobs.submit', { orders: [{ photoIds: [one._id, two._id] }] })
    const id = jobs[0]?._id ?? ''
    expect((await test.client.call('jobs.get', { id })).references).toHaveLength(2)
    await test.client.call('photos.remove', { ids: [two._id] })
    await test.client.call('subjects.remove', { ids: [one.subjectId] })
    expect(
      (await test.client.call('jobs.list', { filter: { bin: true, subjectIds: [one.subjectId] } })).items
    ).toHaveLength(1)
    await test.client.call('subjects.restore', { ids: [one.subjectId] })
    const back = await test.client.call('photos.list', { subjectIds: [one.subjectId] })
    expect(back.photos.map(({ _id }) => _id)).toEqual([one._id])
    await test.api.fileOf({ kind: 'thumbnail', id: one.artifact, edge: 160 })
    const erased = await test.client.call('subjects.erase', { ids: [one.subjectId] })
    expect(erased).toMatchObject({ done: [one.subjectId], refused: [], jobs: 1, pictures: 2 })
    expect(await test.studio.artifacts.stat(one.artifact)).toBeNull()
    await expect(test.api.fileOf({ kind: 'thumbnail', id: one.artifact, edge: 160 })).rejects.toMatchObject({
      code: 'artifact-missing'
    })
    await expect(test.client.call('jobs.get', { id })).rejects.toMatchObject({ code: 'job-missing' })
  })
})

describe('presets', () => {
  it('travel in a file and keep their names apart', async () => {
    const settings = { parameters: { background: 'white' }, attempts: 2 }
    const preset = await test.client.call('presets.save', { name: 'Team page', settings })
    await test.client.call('presets.rename', { id: preset._id, name: 'Team' })
    const path = join(test.folder, 'presets.json')
    await test.client.call('presets.export', { ids: [preset._id], path })
    const { presets } = await test.client.call('presets.import', { path })
    expect(presets).toMatchObject([{ name: 'Team 2', settings: { attempts: 2, parameters: { background: 'white' } } }])
    await writeFile(path, '{"kind":"something else"}')
    await expect(test.client.call('presets.import', { path })).rejects.toMatchObject({ code: 'preset-unreadable' })
    await test.client.call('presets.remove', { id: preset._id })
    const { presets: left } = await test.client.call('presets.list', {})
    expect(left.map(({ name }) => name)).toEqual(['Team 2'])
  })
})

describe('an own backdrop of a preset', () => {
  it('is kept as long as the preset is, and stays behind when it travels', async () => {
    const source = { kind: 'path', path: join(test.studio.resources, 'places', 'bridge.hdr') } as const
    const backdrop = await test.client.call('backdrops.import', { source })
    const settings = { parameters: { background: 'own_backdrop' } }
    const preset = await test.client.call('presets.save', { name: 'My wall', settings, backdrop })
    expect(preset.backdrop).toEqual(backdrop)
    const sweepNow = () =>
      sweep({ artifacts: test.studio.artifacts, repository: test.studio.references }, { graceMs: -1 })
    expect((await sweepNow()).orphans).not.toContain(backdrop.artifact)
    const path = join(test.folder, 'wall.json')
    await test.client.call('presets.export', { ids: [preset._id], path })
    const { presets } = await test.client.call('presets.import', { path })
    expect(presets).toMatchObject([{ name: 'My wall 2', backdrop: null }])
    await test.client.call('presets.remove', { id: preset._id })
    expect((await sweepNow()).orphans).toContain(backdrop.artifact)
  })
})

describe('watched folders', () => {
  it('queue what arrives, with their preset, and leave what is there alone', async () => {
    const folder = join(test.folder, 'hot')
    await mkdir(folder)
    await copyFile(join(DEMO, 'sample3.jpg'), join(folder, 'old.jpg'))
    const preset = await test.client.call('presets.save', {
      name: 'Hot',
      settings: { parameters: { background: 'white' } }
    })
    const asked = { folder, presetId: preset._id, subfolders: false, enabled: true }
    const state = await test.client.call('watch.add', asked)
    expect(state).toMatchObject({ state: 'watching', queued: 0 })
    await copyFile(join(DEMO, 'sample4.jpg'), join(folder, 'new.jpg'))
    await expect
      .poll(
        () =>
          test
            .told('intake.changed')
            .filter(({ watchFolderId }) => watchFolderId === state._id)
            .at(-1)?.waiting,
        {
          timeout: 30_000
        }
      )
      .toBe(0)
    const taken = test.told('intake.changed').filter(({ watchFolderId }) => watchFolderId === state._id)
    expect(taken.flatMap(({ accepted, rejected }) => [...accepted, ...rejected]).map(({ name }) => name)).toEqual([
      'new.jpg'
    ])
    await test.client.call('watch.change', { id: state._id, change: { enabled: false } })
    expect((await test.client.call('watch.list', {})).folders).toMatchObject([{ state: 'off' }])
    await test.client.call('watch.remove', { id: state._id })
    await expect(test.client.call('watch.remove', { id: state._id })).rejects.toMatchObject({
      code: 'watch-folder-missing'
    })
    await expect(test.client.call('watch.add', { ...asked, folder: join(folder, 'missing') })).rejects.toMatchObject({
      code: 'folder-unreadable'
    })
  })
})

describe('storage', () => {
  it('tells what it uses, and empties bin and cache', async () => {
    const [id = ''] = await submitted(1)
    await test.client.call('jobs.remove', { ids: [id] })
    const usage = await test.client.call('storage.usage', {})
    expect(usage.pictures.count).toBeGreaterThan(0)
    expect(usage.database).toBeGreaterThan(0)
    expect(usage.bin.jobs).toBeGreaterThan(0)
    const emptied = await test.client.call('storage.emptyBin', {})
    expect(emptied.jobs).toBe(usage.bin.jobs)
    expect((await test.client.call('storage.usage', {})).bin).toEqual({ jobs: 0, photos: 0 })
    await test.client.call('storage.clearCache', {})
    expect((await test.client.call('storage.usage', {})).cache).toBe(0)
  })
})
