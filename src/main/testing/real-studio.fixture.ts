import { fileURLToPath } from 'node:url'
import type { EngineProcesses } from '../engines/builtin-engine.ts'
import { forkNodeChild } from '../engines/node-fork.ts'
import { storeWorkerOf } from '../store/start-store-worker.ts'
import { type OpenStudio, studioOpener } from '../studio.ts'

/** Engine processes from their sources. */
export function processesFromSources(): EngineProcesses {
  return {
    engineEntry: fileURLToPath(new URL('../../inference/process.ts', import.meta.url)),
    execArgv: ['--import', 'tsx'],
    fork: forkNodeChild
  }
}

/** The whole studio from its sources: real engine process, real store, built-in models and places. */
export function openerFromSources(): OpenStudio {
  return studioOpener({
    ...processesFromSources(),
    storeWorker: storeWorkerOf(new URL('../cli.ts', import.meta.url).href),
    resources: fileURLToPath(new URL('../../../resources', import.meta.url))
  })
}
