/**
 * The file the store's worker thread starts from. `main` is the URL of the entry that runs, `src/main/*.ts` from source
 * or `out/main/*.js` when bundled, where electron-vite puts `store-worker.js` beside it.
 */
export function storeWorkerEntry(main: string): URL {
  return main.endsWith('.ts')
    ? new URL('./store/embedded/store-worker.source.mjs', main)
    : new URL('./store-worker.js', main)
}
