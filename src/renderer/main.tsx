import '../contract/zod-without-eval.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import type { StudioWindow } from '../contract/studio/window.ts'
import { EmptyStudio } from './features/empty-studio.tsx'
import './ui/theme.css'

declare global {
  interface Window {
    readonly studio: StudioWindow
  }
}

const root = document.getElementById('root')
if (!root) throw new Error('The page has no root to draw into.')
createRoot(root).render(
  <StrictMode>
    <EmptyStudio version={window.studio.version} />
  </StrictMode>
)
