import '../contract/zod-without-eval.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createStudioClient } from '../contract/studio/client.ts'
import type { StudioWindow } from '../contract/studio/window.ts'
import { App } from './app.tsx'
import { createMirror } from './state/mirror.ts'
import { adoptNonce } from './ui/nonce.ts'

declare global {
  interface Window {
    readonly studio: StudioWindow
  }
}

adoptNonce(document)
const root = document.getElementById('root')
if (!root) throw new Error('The page has no root to draw into.')
const { studio } = window
const mirror = createMirror(createStudioClient(studio), (file) => studio.pathOf(file))
// Asked for before anything is drawn: the answers come while it is.
const loading = mirror.load()
createRoot(root).render(
  <StrictMode>
    <App mirror={mirror} loading={loading} />
  </StrictMode>
)
