// The worker thread's entry where the studio runs from its TypeScript source; the build bundles store-worker.ts instead.
import { register } from 'tsx/esm/api'

register()
await import('./store-worker.ts')
