import { fileURLToPath } from 'node:url'
import { runCli } from '../../src/main/cli/program.ts'
import { storeWorkerOf } from '../../src/main/store/start-store-worker.ts'
import { openerFromSources, processesFromSources } from '../../src/main/testing/real-studio.fixture.ts'
import { withEngines } from '../../src/main/testing/with-engines.fixture.ts'
import { instantEngines } from '../instant-engines.ts'

/**
 * `apex-studio serve` in a process of its own, its jobs worked on by engines that take no time. Asked by the message
 * `memory` or `collect` (after a collection, which needs --expose-gc) it answers with what it has in memory.
 */
const open = openerFromSources()
const interrupt = new AbortController()
process.once('disconnect', () => interrupt.abort())
process.on('message', (wanted) => {
  if (wanted === 'collect') globalThis.gc?.()
  const { rss, heapUsed, external } = process.memoryUsage()
  process.send?.({ rss, heapUsed, external })
})

process.exitCode = await runCli(process.argv.slice(2), {
  openStudio: async (options) => await withEngines(await open(options), instantEngines()),
  storeWorker: storeWorkerOf(new URL('../../src/main/cli.ts', import.meta.url).href),
  processes: processesFromSources(),
  version: '0.0.0',
  programFolder: fileURLToPath(new URL('../..', import.meta.url)),
  variables: process.env,
  signal: interrupt.signal
})
