import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { StudioError, toStudioError } from '../../../domain/errors.ts'
import { CAN_MOUNT, inMountedFolder } from '../../testing/mounted-folder.fixture.ts'
import { hubDispatcher } from '../hub/hub-dispatcher.ts'
import { readInstalled } from '../install/read-installed.ts'
import { ModelFolders } from '../model-folders.ts'
import { expectNoLie } from '../testing/expect-no-lie.fixture.ts'
import { openTestHub, type TestHub } from '../testing/test-hub.fixture.ts'
import { TINY_MODEL, TINY_PATHS, tinyFiles } from '../testing/tiny-model.fixture.ts'
import { DOWNLOAD_SETTINGS, type DownloadSettings } from './download-settings.ts'
import { type PullModel, pullModel } from './pull-model.ts'

const LARGE = 300_000
const QUICK: DownloadSettings = {
  ...DOWNLOAD_SETTINGS,
  pieceBytes: 64 * 1024,
  policy: { mostFailures: 4, firstWaitMs: 1, longestWaitMs: 20 },
  spareDisk: 0
}
/** Of a request for the largest file; the first piece unless it says otherwise. */
const WEIGHTS = 'decoder_model_merged.onnx_data'

const dispatcher = hubDispatcher()
afterAll(() => dispatcher.destroy())
let hub: TestHub
let folder = ''
beforeAll(async () => {
  hub = await openTestHub(tinyFiles(LARGE))
})
afterAll(() => hub.close())
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pull-'))
  hub.files = tinyFiles(LARGE)
  hub.commit = 'c'.repeat(40)
  hub.misbehave = () => null
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function pull({
  token,
  settings,
  ...change
}: Partial<PullModel> & { token?: string; at?: string } = {}): Promise<void> {
  const used = { ...QUICK, ...settings }
  await pullModel({
    model: TINY_MODEL,
    folders: new ModelFolders(folder),
    access: { endpoint: hub.url, token, dispatcher, silenceMs: used.silenceMs },
    settings: used,
    signal: new AbortController().signal,
    promised: () => 0,
    onProgress: () => undefined,
    ...change
  })
}

async function failureOf(work: Promise<unknown>): Promise<StudioError> {
  return await work.then(
    () => new StudioError('internal', 'It did not fail.'),
    (thrown: unknown) => toStudioError(thrown)
  )
}

const installed = () => new ModelFolders(folder).installed(TINY_MODEL.id)

async function expectWhole(): Promise<void> {
  for (const path of TINY_PATHS) {
    expect((await readFile(join(installed(), path))).equals(hub.files[path] ?? Buffer.of(1)), path).toBe(true)
  }
  const entries = await readdir(installed(), { withFileTypes: true, recursive: true })
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(installed(), join(entry.parentPath, entry.name)))
  expect(names.sort()).toEqual([...TINY_PATHS, 'apex-model.json'].sort())
  expect(await readdir(new ModelFolders(folder).downloads)).toEqual([])
  expect((await readInstalled(installed()))?.commit).toBe(hub.commit)
}

describe('pullModel', () => {
  it('fetches what belongs to the model in several pieces, and installs it whole', async () => {
    const phases = new Set<string>()
    let last = { done: 0, total: 0 }
    await pull({
      onProgress: (phase, progress) => {
        phases.add(phase)
        last = progress ?? last
      }
    })
    await expectWhole()
    expect(phases).toEqual(new Set(['asking', 'downloading', 'checking']))
    expect(last.done).toBe(last.total)
    expect(hub.requests.filter(({ path, range }) => path.includes(WEIGHTS) && range !== null).length).toBeGreaterThan(3)
    expect(hub.requests.some(({ path }) => /README|safetensors/.test(path))).toBe(false)
  })

  it('gives the token to the hub and to no other host', async () => {
    const from = hub.requests.length
    await pull({ token: 'hf_secret' })
    const seen = hub.requests.slice(from)
    expect(
      seen.filter(({ on }) => on === 'hub').every(({ authorization }) => authorization === 'Bearer hf_secret')
    ).toBe(true)
    const elsewhere = seen.filter(({ on }) => on === 'store')
    expect(elsewhere.length).toBeGreaterThan(0)
    expect(elsewhere.every(({ authorization }) => authorization === null)).toBe(true)
  })

  it('goes on after cuts at any byte', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(70_000), { minLength: 1, maxLength: 12 }), async (cuts) => {
        await rm(new ModelFolders(folder).root, { recursive: true, force: true })
        const left = [...cuts]
        hub.misbehave = ({ on }) => {
          const cutAfter = on === 'store' ? left.shift() : undefined
          return cutAfter === undefined ? null : { cutAfter }
        }
        await pull({ settings: { ...QUICK, policy: { ...QUICK.policy, mostFailures: 50 } } })
        await expectWhole()
      }),
      { numRuns: 6 }
    )
  })

  it('keeps what came before it was cancelled, claims no byte that is wrong, and asks only for the rest', async () => {
    const abort = new AbortController()
    hub.misbehave = ({ path, number }) => (path.includes(WEIGHTS) && number % 2 === 0 ? { stallAfter: 40_000 } : null)
    const cancelled = failureOf(
      pull({
        signal: abort.signal,
        onProgress: (_, progress) =>
          progress && progress.done > 150_000 && abort.abort(new StudioError('cancelled', 'Enough.'))
      })
    )
    expect((await cancelled).code).toBe('cancelled')
    const claimed = await expectNoLie(folder, hub.files)
    expect(claimed).toBeGreaterThan(150_000)
    hub.misbehave = () => null
    const before = hub.served
    await pull()
    await expectWhole()
    const whole = TINY_PATHS.reduce((sum, path) => sum + (hub.files[path]?.length ?? 0), 0)
    expect(hub.served - before).toBe(whole - claimed)
  })

  it('keeps what is the same in another commit, and nothing else', async () => {
    hub.misbehave = ({ path }) => (path.includes(WEIGHTS) ? { status: 404 } : null)
    expect((await failureOf(pull())).code).toBe('model-withdrawn')
    hub.files = { ...hub.files, 'config.json': Buffer.from('{"model_type": "changed"}') }
    hub.commit = 'd'.repeat(40)
    hub.misbehave = () => null
    await pull()
    await expectWhole()
  })

  it('fetches a damaged file once more', async () => {
    let damaged = 0
    const wrong = Buffer.from(hub.files[`onnx/${WEIGHTS}`] ?? '')
    wrong[77] = (wrong[77] ?? 0) ^ 1
    hub.misbehave = ({ on, path }) => {
      if (on !== 'store' || !path.includes(WEIGHTS) || damaged >= 5) return null
      damaged += 1
      return { body: wrong }
    }
    await pull()
    await expectWhole()
  })

  it.each([
    ['large', 'onnx/vision_encoder.onnx'],
    ['small', 'tokenizer.json']
  ])('tells of a %s file that comes damaged twice, and keeps the others', async (_, damagedPath) => {
    const wrong = Buffer.from(hub.files[damagedPath] ?? '').reverse()
    hub.misbehave = ({ on, path }) =>
      path.includes(damagedPath) && (on === 'store' || damagedPath === 'tokenizer.json') ? { body: wrong } : null
    const failure = await failureOf(pull())
    expect(failure).toMatchObject({ code: 'download-damaged', details: { path: damagedPath } })
    expect(failure.message).toContain(damagedPath)
    await expectNoLie(folder, hub.files)
    hub.misbehave = () => null
    await pull()
    await expectWhole()
  })

  it.each([
    ['shorter', 250_000],
    ['longer', 350_000]
  ])('tells of a file that is %s than the hub says', async (_, bytes) => {
    const other = tinyFiles(bytes)[`onnx/${WEIGHTS}`] ?? Buffer.alloc(0)
    hub.misbehave = ({ on, path }) => (on === 'store' && path.includes(WEIGHTS) ? { body: other } : null)
    expect((await failureOf(pull())).code).toBe('download-damaged')
  })

  it('takes files from a server that knows no ranges', async () => {
    let cuts = 2
    hub.misbehave = ({ on, path }) => {
      if (on !== 'store') return null
      const cutAfter = path.includes(WEIGHTS) && cuts-- > 0 ? { cutAfter: 120_000 } : {}
      return { ignoreRange: true, ...cutAfter }
    }
    await pull()
    await expectWhole()
  })

  it.each([
    ['gated, without an account', 401, { 'x-error-code': 'GatedRepo' }, 'model-gated'],
    ['gated, with an account that has not accepted', 403, {}, 'model-gated'],
    ['private', 401, { 'x-error-code': 'RepoNotFound' }, 'model-gated'],
    ['gone', 404, { 'x-error-code': 'RepoNotFound' }, 'model-withdrawn'],
    ['asked too often', 429, { 'retry-after': '0' }, 'hub-busy'],
    ['broken', 503, {}, 'hub-refused'],
    ['odd', 418, {}, 'hub-refused']
  ] as const)('tells of a hub that is %s', async (_, status, headers, code) => {
    hub.misbehave = ({ path }) => (path.startsWith('/api/') ? { status, headers } : null)
    const failure = await failureOf(pull())
    expect(failure.code).toBe(code)
    expect(failure.hint).not.toBe('')
    hub.misbehave = ({ on, path }) => (on === 'hub' && path.includes('/resolve/') ? { status, headers } : null)
    expect((await failureOf(pull())).code).toBe(code)
  })

  it('tries again where a server is busy, and asks for a new address where the signed one has expired', async () => {
    const troubles = [429, 503, 403, 500, 403]
    hub.misbehave = ({ on }) => {
      const status = on === 'store' ? troubles.shift() : undefined
      return status === undefined ? null : { status, headers: { 'retry-after': '0' } }
    }
    await pull()
    await expectWhole()
    expect(troubles).toEqual([])
  })

  it('takes a server that says nothing for one that is gone', async () => {
    // Patient: on a busy machine an honest answer may come late too.
    const short = { ...QUICK, silenceMs: 1000, policy: { ...QUICK.policy, mostFailures: 50 } }
    let stalls = 1
    hub.misbehave = ({ on, path }) =>
      on === 'store' && path.includes(WEIGHTS) && stalls-- > 0 ? { stallAfter: 1000 } : null
    await pull({ settings: short })
    await expectWhole()
    hub.misbehave = ({ path }) =>
      path.startsWith('/api/') ? { status: 302, headers: { location: 'http://127.0.0.1:1/' } } : null
    const failure = await failureOf(pull())
    expect(failure.code).toBe('hub-unreachable')
    expect(failure.message).toContain('127.0.0.1:1')
  })

  it.each([
    ['text', 'no JSON'],
    ['another shape', '{"sha": 7}'],
    ['a digest that is none', '[{"type": "file", "path": "config.json", "oid": "xyz", "size": 3}]']
  ])('tells of a hub that answers with %s', async (_, body) => {
    const isTree = body.startsWith('[')
    hub.misbehave = ({ path }) =>
      path.includes(isTree ? '/tree/' : '/api/') ? { status: 200, body: Buffer.from(body) } : null
    expect((await failureOf(pull())).code).toBe('hub-answer-invalid')
  })

  it('never writes outside of its folder, whatever paths the hub lists', async () => {
    const paths = ['../../out.onnx', '/etc/out.onnx', 'onnx/../../../out.onnx', 'onnx\\..\\out.onnx']
    hub.files = { ...hub.files, ...Object.fromEntries(paths.map((path) => [path, Buffer.from('out')])) }
    await pull({ model: { ...TINY_MODEL, optionalFiles: [...TINY_MODEL.optionalFiles, '**'] } })
    const entries = await readdir(folder, { recursive: true })
    expect(entries.filter((name) => name.includes('out'))).toEqual([])
  })

  it('tells that there is no room before it fetches anything', async () => {
    const from = hub.served
    const failure = await failureOf(pull({ promised: () => 1e15 }))
    expect(failure.code).toBe('disk-full')
    expect(hub.served).toBe(from)
  })

  it.skipIf(!CAN_MOUNT)('stops where the drive is full, and goes on once there is room', async () => {
    await inMountedFolder('size=1m', async (drive) => {
      folder = drive
      const filler = join(drive, 'filler')
      const paused = hub.pauseAfter(100_000)
      const failed = failureOf(pull())
      await paused
      // To the last byte, and fails at it.
      await writeFile(filler, Buffer.alloc(1024 ** 2)).catch(() => undefined)
      hub.resume()
      const failure = await failed
      expect(failure.code).toBe('disk-full')
      expect(failure.hint).toContain('goes on where it stopped')
      await rm(filler)
      await expectNoLie(folder, hub.files)
      await pull()
      await expectWhole()
    })
  })
})
