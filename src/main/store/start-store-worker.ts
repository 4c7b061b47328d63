import { Worker } from 'node:worker_threads'

/** Starts a thread that owns an embedded store. */
export type StartStoreWorker = () => Worker

/**
 * `main` is the URL of the entry that runs, `src/main/*.ts` from source or `out/main/*.js` when bundled, where
 * electron-vite puts `store-worker.js` beside it.
 */
export function storeWorkerOf(main: string): StartStoreWorker {
  const entry = main.endsWith('.ts')
    ? new URL('./store/embedded/store-worker.source.mjs', main)
    : new URL('./store-worker.js', main)
  // The flags of the process, a debugger's port among them, are not for its threads.
  return () => new Worker(entry, { execArgv: [] })
}

/** The same, with the first thread started now: it reads its modules while its process reads its own. */
export function startedAhead(start: StartStoreWorker): StartStoreWorker {
  let ahead: Worker | null = start()
  // Whoever asks for it keeps the process alive.
  ahead.unref()
  const forget = () => {
    ahead = null
  }
  ahead.once('error', forget)
  ahead.once('exit', forget)
  return () => {
    const first = ahead
    if (!first) return start()
    first.off('error', forget)
    first.off('exit', forget)
    ahead = null
    return first
  }
}
