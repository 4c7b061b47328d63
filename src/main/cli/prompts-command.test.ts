import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { storeWorkerOf } from '../store/start-store-worker.ts'
import { openerFromSources, processesFromSources } from '../testing/real-studio.fixture.ts'
import { runCli } from './program.ts'
import { Terminal } from './terminal.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apex-prompts-command-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function run(...args: string[]) {
  const [out, err] = [new PassThrough(), new PassThrough()]
  const exitCode = await runCli(['prompts', ...args], {
    openStudio: openerFromSources(),
    storeWorker: storeWorkerOf(new URL('../cli.ts', import.meta.url).href),
    processes: processesFromSources(),
    version: '0.0.0',
    programFolder: folder,
    variables: { APEX_DATA_FOLDER: folder },
    signal: new AbortController().signal,
    terminal: new Terminal(out, err)
  })
  out.end()
  err.end()
  return { exitCode, out: (await text(out)).trim(), err: await text(err) }
}

it('makes a copy to change, tells of it, and takes it back', { timeout: 120_000 }, async () => {
  const { out: path } = await run('edit', 'report')
  expect(await readFile(path, 'utf8')).toContain('{{ledger}}')
  const isOwn = async () => {
    const { prompts } = JSON.parse((await run('list', '--json')).out)
    return prompts.find((each: { name: string }) => each.name === 'report').isOwn
  }
  expect(await isOwn()).toBe(true)
  await run('reset', 'report')
  expect(await isOwn()).toBe(false)
  expect((await run('reset', 'poem')).exitCode).not.toBe(0)
})
