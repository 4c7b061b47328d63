import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHub, type TestHub } from '../models/testing/test-hub.fixture.ts'
import { TINY_MODEL, tinyFiles } from '../models/testing/tiny-model.fixture.ts'
import { processesFromSources } from '../testing/real-studio.fixture.ts'
import { progressInWords } from './model-progress.ts'
import { runCli } from './program.ts'
import { Terminal } from './terminal.ts'

const ID = TINY_MODEL.id
const CLOSED = 'closed-model'

let root = ''
let hub: TestHub
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'cli-models-'))
  hub = await openTestHub(tinyFiles(100_000))
  await mkdir(join(root, 'models'))
  const closed = { ...TINY_MODEL, id: CLOSED, licence: { ...TINY_MODEL.licence, commercial: false } }
  const own = { schemaVersion: 1, models: [TINY_MODEL, closed] }
  await writeFile(join(root, 'models', 'model-catalogue.json'), JSON.stringify(own))
})
afterAll(async () => {
  await hub.close()
  await rm(root, { recursive: true, force: true })
})

/** A command that opens no studio: it must do without. */
async function run(...args: string[]): Promise<{ exitCode: number; out: string; err: string }> {
  const [out, err] = [new PassThrough(), new PassThrough()]
  const noStudio = () => {
    throw new Error('Models need no studio.')
  }
  const exitCode = await runCli(['--data', root, 'models', ...args], {
    openStudio: noStudio,
    storeWorker: noStudio,
    processes: processesFromSources(),
    version: '0.0.0',
    programFolder: fileURLToPath(new URL('../../..', import.meta.url)),
    variables: { HF_ENDPOINT: hub.url },
    signal: new AbortController().signal,
    terminal: new Terminal(out, err)
  })
  out.end()
  err.end()
  return { exitCode, out: await text(out), err: await text(err) }
}

const stateOf = async (id: string) => {
  const { models } = JSON.parse((await run('list', '--json')).out)
  return models.find((each: { model: { id: string } }) => each.model.id === id)?.state
}

describe('apex-studio models', () => {
  it('lists every model with size, licence and whether it fits', async () => {
    const { exitCode, out } = await run('list')
    expect(exitCode).toBe(0)
    for (const word of [ID, 'flux2-klein-4b', '7.8 GB', 'Apache-2.0', 'not for paid work']) expect(out).toContain(word)
    expect(await stateOf(ID)).toBe('absent')
  })

  it('pulls several, and tells of the one that cannot be', async () => {
    const { exitCode, out } = await run('pull', ID, CLOSED, '--json')
    expect(exitCode).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      models: [
        { id: ID, outcome: 'installed' },
        { id: CLOSED, outcome: 'failed', error: { code: 'model-licence' } }
      ]
    })
    expect((await run('pull', CLOSED)).exitCode).toBe(2)
    const accepted = await run('pull', CLOSED, '--accept-licence')
    expect(accepted).toMatchObject({ exitCode: 0, err: `✓ ${CLOSED}: installed\n` })
  })

  it('tells where a model lies, and that all of it is there', async () => {
    const { out } = await run('path', ID)
    expect(out.trim()).toBe(join(root, 'models', ID))
    const config = await readFile(join(out.trim(), 'config.json'))
    expect(config.equals(hub.files['config.json'] ?? Buffer.of())).toBe(true)
    expect(await run('verify')).toMatchObject({ exitCode: 0, err: expect.stringContaining(`${ID}: whole`) })
  })

  it('finds what is damaged', async () => {
    await writeFile(join(root, 'models', ID, 'tokenizer.json'), Buffer.alloc(900))
    const { exitCode, err } = await run('verify', ID)
    expect(exitCode).toBe(1)
    expect(err).toContain('tokenizer.json')
    expect(err).toContain('model-damaged')
    expect((await run('pull', ID)).exitCode).toBe(0)
  })

  it('removes a model, and imports it again from a folder', async () => {
    const own = join(root, 'own')
    await mkdir(join(own, 'onnx'), { recursive: true })
    for (const [path, bytes] of Object.entries(hub.files)) await writeFile(join(own, path), bytes)
    expect((await run('rm', ID)).exitCode).toBe(0)
    expect(await stateOf(ID)).toBe('absent')
    expect((await run('rm', ID)).exitCode).toBe(2)
    expect((await run('import', ID, root)).exitCode).toBe(2)
    expect((await run('import', ID, own, '--link')).exitCode).toBe(0)
    expect(await stateOf(ID)).toBe('installed')
  })

  it.each([
    ['pull', 'no-such-model', 'model-unknown'],
    ['path', 'flux2-klein-4b', 'model-not-installed'],
    ['verify', 'no-such-model', 'model-unknown']
  ])('%s %s: %s', async (command, id, code) => {
    const { exitCode, err } = await run(command, id)
    expect(exitCode).toBe(2)
    expect(err).toContain(code)
  })
})

describe('progressInWords', () => {
  it('says how far it is, how fast, and how long it takes', () => {
    const progress = { done: 3.2e9, total: 7.84e9, bytesPerSecond: 23.14e6, leftMs: 200_000 }
    expect(progressInWords({ state: 'downloading', progress })).toBe(
      'downloading 40 % of 7840 MB, 23.1 MB/s, 3 min left'
    )
    expect(progressInWords({ state: 'asking', progress: null })).toBe('asking')
    const unknown = { done: 0, total: 10e6, bytesPerSecond: null, leftMs: null }
    expect(progressInWords({ state: 'checking', progress: unknown })).toBe('checking 0 % of 10 MB')
  })
})
