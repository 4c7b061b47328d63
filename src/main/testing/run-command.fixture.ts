import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { runCli } from '../cli/program.ts'
import { Terminal } from '../cli/terminal.ts'
import { storeWorkerOf } from '../store/start-store-worker.ts'
import { openerFromSources, processesFromSources } from './real-studio.fixture.ts'

export interface Ran {
  readonly exitCode: number
  readonly out: string
  readonly err: string
}

/** A command as somebody types it, in the whole studio: real engine process, real store in `data` below the folder. */
export async function runCommand(
  folder: string,
  args: readonly string[],
  variables: NodeJS.ProcessEnv = {},
  openStudio = openerFromSources()
): Promise<Ran> {
  const [out, err] = [new PassThrough(), new PassThrough()]
  const exitCode = await runCli(['--data', join(folder, 'data'), ...args], {
    openStudio,
    storeWorker: storeWorkerOf(new URL('../cli.ts', import.meta.url).href),
    processes: processesFromSources(),
    version: '0.0.0',
    programFolder: folder,
    variables,
    signal: new AbortController().signal,
    terminal: new Terminal(out, err)
  })
  out.end()
  err.end()
  return { exitCode, out: await text(out), err: await text(err) }
}
