import '../contract/zod-without-eval.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createStudioClient } from '../contract/studio/client.ts'
import type { StudioWindow } from '../contract/studio/window.ts'
import { App } from './app.tsx'
import { hearNotices } from './frame/hear-notices.ts'
import { createMirror } from './state/mirror.ts'
import { windowFiles } from './state/own-files.ts'
import { adoptNonce } from './ui/nonce.ts'

declare global {
  interface Window {
    readonly studio: StudioWindow
  }
}

/** A store that has not answered by then is slow: the screen shows that it waits, ms. */
const PATIENCE_MS = 300

/** A function of its own: what a module loads while it is still being evaluated may not use that module. */
async function start(root: HTMLElement): Promise<void> {
  const desktop: StudioWindow | undefined = window.studio
  const { transport, files } = desktop
    ? { transport: desktop, files: windowFiles((file) => desktop.pathOf(file)) }
    : await (await import('./browser/connect.ts')).connect()
  const client = createStudioClient(transport)
  // The preload script keeps what was told until something listens: everybody does before the page waits for anything.
  hearNotices(client)
  const mirror = createMirror(client, files)
  const loading = mirror.load()
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))
  // Drawn once with what was read, rather than once without and once with it.
  await Promise.race([loading, patience])
  createRoot(root).render(
    <StrictMode>
      <App mirror={mirror} loading={loading} />
    </StrictMode>
  )
}

adoptNonce(document)
const root = document.getElementById('root')
if (!root) throw new Error('The page has no root to draw into.')
void start(root)
