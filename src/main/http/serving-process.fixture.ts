import { fileURLToPath } from 'node:url'
import { runCli } from '../cli/program.ts'
import { storeWorkerOf } from '../store/start-store-worker.ts'
import { openerFromSources, processesFromSources } from '../testing/real-studio.fixture.ts'

/** `apex-studio serve` from its sources, in a process of its own: the arguments are those of the command line. */
const interrupt = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt.abort())

process.exitCode = await runCli(process.argv.slice(2), {
  openStudio: openerFromSources(),
  storeWorker: storeWorkerOf(new URL('../cli.ts', import.meta.url).href),
  processes: processesFromSources(),
  version: '0.0.0',
  programFolder: fileURLToPath(new URL('../../..', import.meta.url)),
  variables: process.env,
  signal: interrupt.signal
})
