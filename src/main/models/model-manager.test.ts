import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type StudioError, toStudioError } from '../../domain/errors.ts'
import type { CatalogueModel } from '../../domain/models/catalogue-model.ts'
import type { Machine } from '../../domain/models/model-fit.ts'
import { DOWNLOAD_SETTINGS } from './download/download-settings.ts'
import { hubDispatcher } from './hub/hub-dispatcher.ts'
import { ModelFolders } from './model-folders.ts'
import { type Consent, ModelManager } from './model-manager.ts'
import { openTestHub, type TestHub } from './testing/test-hub.fixture.ts'
import { TINY_MODEL, tinyFiles } from './testing/tiny-model.fixture.ts'

const ID = TINY_MODEL.id
const SECOND = 'second-model'
const NO: Consent = { licence: false, unfit: false }
const MACHINE: Machine = { memory: 8e9, freeDisk: 1e12, gpu: null, unifiedMemory: false }
const never = new AbortController().signal

const dispatcher = hubDispatcher()
afterAll(() => dispatcher.destroy())
let hub: TestHub
let folder = ''
let folders: ModelFolders
beforeAll(async () => {
  hub = await openTestHub(tinyFiles(200_000))
})
afterAll(() => hub.close())
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'manager-'))
  folders = new ModelFolders(folder)
  hub.files = tinyFiles(200_000)
  hub.misbehave = () => null
})
afterEach(() => rm(folder, { recursive: true, force: true }))

function manager(change: Partial<CatalogueModel> = {}): ModelManager {
  return new ModelManager({
    catalogue: () =>
      Promise.resolve([
        { ...TINY_MODEL, ...change },
        { ...TINY_MODEL, id: SECOND }
      ]),
    folders,
    access: () => Promise.resolve({ endpoint: hub.url, token: undefined, dispatcher, silenceMs: 30_000 }),
    settings: {
      ...DOWNLOAD_SETTINGS,
      pieceBytes: 50_000,
      spareDisk: 0,
      policy: { mostFailures: 3, firstWaitMs: 1, longestWaitMs: 5 }
    },
    machine: () => Promise.resolve(MACHINE)
  })
}

const install = async (models: ModelManager, id = ID, consent = NO) => await (await models.pull(id, consent)).ended
const codeOf = async (work: Promise<unknown>): Promise<string> =>
  await work.then(
    () => 'no failure',
    (thrown: unknown) => toStudioError(thrown).code
  )
const stateOf = async (models: ModelManager, id = ID) => (await models.state(id)).state

/** A folder with the files of the model, as somebody may have it. */
async function ownFolder(files = tinyFiles(50_000)): Promise<string> {
  const own = join(folder, 'own')
  for (const [path, bytes] of Object.entries(files)) {
    await mkdir(dirname(join(own, path)), { recursive: true })
    await writeFile(join(own, path), bytes)
  }
  return own
}

describe('ModelManager', () => {
  it('tells of each model, and of those it does not know', async () => {
    const models = manager()
    const [first, second] = await models.list()
    expect(first).toMatchObject({ state: 'absent', folder: null, bytes: 0, error: null, fit: { verdict: 'fits' } })
    expect(second?.model.id).toBe(SECOND)
    expect(await codeOf(models.pull('none', NO))).toBe('model-unknown')
    expect(await codeOf(models.remove(ID))).toBe('model-not-installed')
    expect(await codeOf(models.verify(ID, never))).toBe('model-not-installed')
  })

  it('installs two at once and finds them again', async () => {
    const models = manager()
    await Promise.all([install(models), install(models, SECOND)])
    const again = manager()
    expect(await again.list()).toMatchObject([{ state: 'installed' }, { state: 'installed' }])
    expect(await again.folderOf(ID)).toBe(folders.installed(ID))
    const asked = hub.requests.length
    await install(again)
    expect(hub.requests.length).toBe(asked)
  })

  it('asks for what a model needs before it asks the hub', async () => {
    const asked = hub.requests.length
    const licence = { ...TINY_MODEL.licence, commercial: false }
    const closed = manager({ licence })
    expect(await codeOf(closed.pull(ID, NO))).toBe('model-licence')
    const large = manager({ memory: { least: 64e9, whole: 64e9 } })
    expect((await large.state(ID)).fit.verdict).toBe('memory-short')
    expect(await codeOf(large.pull(ID, { licence: true, unfit: false }))).toBe('model-unfit')
    expect(hub.requests.length).toBe(asked)
    await install(closed, ID, { licence: true, unfit: false })
    await install(large, ID, { licence: false, unfit: true })
  })

  it('pauses a download, which goes on in another process without being asked for its licence again', async () => {
    const closed = { licence: { ...TINY_MODEL.licence, commercial: false } }
    const models = manager(closed)
    const paused = hub.pauseAfter(150_000)
    const { ended } = await models.pull(ID, { licence: true, unfit: false })
    await paused
    expect(await stateOf(models)).toBe('downloading')
    await models.pause(ID)
    hub.resume()
    expect(await codeOf(ended)).toBe('cancelled')
    const { state, progress, error } = await models.state(ID)
    expect({ state, error }).toEqual({ state: 'partial', error: null })
    expect(progress?.done).toBeGreaterThan(0)
    await install(manager(closed))
    expect(await stateOf(models)).toBe('installed')
  })

  it('throws a download away', async () => {
    const models = manager()
    const paused = hub.pauseAfter(100_000)
    await models.pull(ID, NO)
    await paused
    await models.discard(ID)
    hub.resume()
    expect(await models.state(ID)).toMatchObject({ state: 'absent', bytes: 0, error: null })
    expect(await readdir(folders.downloads)).toEqual([])
  })

  it('lets no two studios pull one model at once', async () => {
    const paused = hub.pauseAfter(100_000)
    const { ended } = await manager().pull(ID, NO)
    await paused
    expect(await codeOf(install(manager()))).toBe('model-busy')
    hub.resume()
    await ended
    expect(await readdir(folders.locks)).toEqual([])
  })

  it('remembers why a download came to nothing until the next try', async () => {
    const models = manager()
    hub.misbehave = () => ({ status: 403 })
    expect(await codeOf(install(models))).toBe('model-gated')
    expect((await models.state(ID)).error?.code).toBe('model-gated')
    hub.misbehave = () => null
    await install(models)
    expect((await models.state(ID)).error).toBeNull()
  })

  it('finds damage, and downloads only what is damaged', async () => {
    const models = manager()
    await install(models)
    await models.verify(ID, never)
    const weights = 'onnx/decoder_model_merged.onnx_data'
    const path = join(folders.installed(ID), weights)
    const bytes = await readFile(path)
    bytes[1234] = (bytes[1234] ?? 0) ^ 1
    await writeFile(path, bytes)
    const failure = await models.verify(ID, never).catch((thrown: StudioError) => thrown)
    expect(failure).toMatchObject({ code: 'model-damaged', details: { damaged: [weights] } })
    expect(await models.state(ID)).toMatchObject({ state: 'partial', error: { code: 'model-damaged' } })
    const before = hub.served
    await install(models)
    expect(hub.served - before).toBe(hub.files[weights]?.length)
    await models.verify(ID, never)
  })

  it('takes a model that lacks a file for one that is not installed', async () => {
    const models = manager()
    await install(models)
    await rm(join(folders.installed(ID), 'config.json'))
    expect(await models.state(ID)).toMatchObject({ state: 'absent', error: { code: 'model-damaged' } })
    await install(models)
    expect(await stateOf(models)).toBe('installed')
  })

  it('brings back what was removed, until it is tidied away by the next process', async () => {
    const models = manager()
    await install(models)
    await models.remove(ID)
    expect(await stateOf(models)).toBe('absent')
    await models.tidy()
    await models.restore(ID)
    expect(await stateOf(models)).toBe('installed')
    expect(await codeOf(models.restore(ID))).toBe('model-not-installed')
    await models.remove(ID)
    await manager().tidy()
    expect(await readdir(folders.bin)).toEqual([])
    expect(await codeOf(models.restore(ID))).not.toBe('no failure')
  })

  it('tidies away what nobody goes on with, and leaves what somebody can', async () => {
    for (const name of ['unknown-model', `${ID}@cut-off-import`, ID]) {
      await mkdir(join(folders.downloads, name), { recursive: true })
    }
    await manager().tidy()
    expect(await readdir(folders.downloads)).toEqual([ID])
  })

  it.each(['copy', 'link'] as const)('imports a folder by %s', async (mode) => {
    const own = await ownFolder()
    const models = manager()
    await models.import(ID, own, mode, never)
    const state = await models.state(ID)
    expect(state.state).toBe('installed')
    const weights = 'onnx/decoder_model_merged.onnx_data'
    const [source, target] = await Promise.all([stat(join(own, weights)), stat(join(folders.installed(ID), weights))])
    expect(source.ino === target.ino).toBe(mode === 'link')
    expect((await readdir(folders.installed(ID), { recursive: true })).some((name) => name.includes('README'))).toBe(
      false
    )
    await models.verify(ID, never)
    await models.remove(ID)
    await models.erase(ID)
    const hash = createHash('sha256')
      .update(await readFile(join(own, weights)))
      .digest('hex')
    expect(hash).toBe(
      createHash('sha256')
        .update(tinyFiles(50_000)[weights] ?? '')
        .digest('hex')
    )
  })

  it.each([
    ['lacks a file', { 'config.json': null }],
    ['holds an empty graph', { 'onnx/embed_tokens.onnx': Buffer.alloc(0) }],
    [
      'holds a pointer of Git',
      { 'onnx/embed_tokens.onnx': Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n') }
    ]
  ] as const)('refuses a folder that %s, and leaves nothing behind', async (_, change) => {
    const files = Object.fromEntries(
      Object.entries({ ...tinyFiles(5000), ...change }).flatMap(([path, bytes]) => (bytes ? [[path, bytes]] : []))
    )
    const models = manager()
    expect(await codeOf(models.import(ID, await ownFolder(files), 'copy', never))).toBe('model-folder-unfit')
    expect(await stateOf(models)).toBe('absent')
    expect(await readdir(folders.downloads).catch(() => [])).toEqual([])
  })

  it('tells of a folder that is not there, and ends an import that is cancelled', async () => {
    const models = manager()
    expect(await codeOf(models.import(ID, join(folder, 'nowhere'), 'copy', never))).toBe('folder-unreadable')
    const cancel = new AbortController()
    models.onChanged(() => cancel.abort())
    expect(await codeOf(models.import(ID, await ownFolder(), 'copy', cancel.signal))).toBe('cancelled')
    expect(await stateOf(models)).toBe('absent')
    expect(await readdir(folders.downloads).catch(() => [])).toEqual([])
  })
})
