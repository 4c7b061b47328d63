import { fileURLToPath } from 'node:url'
import { runCli } from '../../cli/program.ts'
import { processesFromSources } from '../../testing/real-studio.fixture.ts'

/** `apex-studio` from its sources, in a process of its own, for commands that open no studio. */
const interrupt = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt.abort())

process.exitCode = await runCli(process.argv.slice(2), {
  openStudio: () => Promise.reject(new Error('Models need no studio.')),
  storeWorker: () => {
    throw new Error('Models need no store.')
  },
  processes: processesFromSources(),
  version: '0.0.0',
  programFolder: fileURLToPath(new URL('../../../..', import.meta.url)),
  variables: process.env,
  signal: interrupt.signal
})
