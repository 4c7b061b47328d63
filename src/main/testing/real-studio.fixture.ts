import { fileURLToPath } from 'node:url'
import { forkNodeChild } from '../engines/node-fork.ts'
import { storeWorkerOf } from '../store/start-store-worker.ts'
import { type OpenStudio, studioOpener } from '../studio.ts'

/** The whole studio from its sources: real engine process, real store, built-in models and places. */
export function openerFromSources(): OpenStudio {
  return studioOpener({
    engineEntry: fileURLToPath(new URL('../../inference/process.ts', import.meta.url)),
    execArgv: ['--import', 'tsx'],
    storeWorker: storeWorkerOf(new URL('../cli.ts', import.meta.url).href),
    fork: forkNodeChild,
    resources: fileURLToPath(new URL('../../../resources', import.meta.url))
  })
}
