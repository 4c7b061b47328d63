import { Tooltip } from 'radix-ui'
import { useEffect, useMemo } from 'react'
import { I18nextProvider } from 'react-i18next'
import { DropZone } from './features/intake/drop-zone.tsx'
import { ErrorBoundary } from './frame/error-boundary.tsx'
import { loadScreens } from './frame/screens.ts'
import { Studio } from './frame/studio.tsx'
import { KeyListener } from './keys/key-listener.ts'
import { moveFocusBetweenRegions } from './keys/region-focus.ts'
import { IS_MAC, KeyListenerContext } from './keys/use-command.ts'
import { createTranslator, languageFor } from './language/languages.ts'
import type { Mirror } from './state/mirror.ts'
import { MirrorContext } from './state/mirror-context.ts'
import { Toaster } from './ui/toaster.tsx'
import './ui/theme.css'

/** A window that is hidden draws nothing: what waits for a frame goes on after so long, ms. */
const UNSEEN_MS = 2_000

const unseen = () => new Promise((resolve) => setTimeout(resolve, UNSEEN_MS))

/** Resolves once what was read has been drawn and the page is free for input. */
async function drawn(): Promise<void> {
  await Promise.race([new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))), unseen()])
}

/** Resolves once something of the page is on the screen, which other processes see to. */
async function onScreen(): Promise<void> {
  const painted = new Promise<void>((resolve) => {
    const observer = new PerformanceObserver((entries) => {
      if (entries.getEntriesByName('first-contentful-paint').length === 0) return
      observer.disconnect()
      resolve()
    })
    observer.observe({ type: 'paint', buffered: true })
  })
  await Promise.race([painted, unseen()])
}

/** The first screen first; the mark on the page's timeline is what `bench/window.bench.ts` measures. */
async function loadRest(mirror: Mirror, loading: Promise<void>): Promise<void> {
  await loading
  await drawn()
  performance.mark('studio-usable')
  await onScreen()
  await Promise.all([mirror.loadRest(), loadScreens()])
}

interface AppProps {
  readonly mirror: Mirror
  /** Of what the first screen shows. */
  readonly loading: Promise<void>
}

/** The studio's window. */
export function App({ mirror, loading }: AppProps) {
  const translator = useMemo(() => createTranslator(languageFor(navigator.languages)), [])
  const keys = useMemo(() => new KeyListener(IS_MAC), [])
  useEffect(() => {
    const detach = keys.attach(window)
    window.addEventListener('keydown', moveFocusBetweenRegions)
    const stop = mirror.client.subscribe('menu.command', ({ command }) => void keys.perform(command))
    return () => {
      detach()
      stop()
      window.removeEventListener('keydown', moveFocusBetweenRegions)
    }
  }, [mirror, keys])
  useEffect(() => void loadRest(mirror, loading), [mirror, loading])
  return (
    <I18nextProvider i18n={translator}>
      <MirrorContext value={mirror}>
        <KeyListenerContext value={keys}>
          <Tooltip.Provider delayDuration={600} skipDelayDuration={200}>
            <ErrorBoundary onCaught={(thrown) => console.error(thrown)}>
              <DropZone>
                <Studio />
              </DropZone>
            </ErrorBoundary>
            <Toaster />
          </Tooltip.Provider>
        </KeyListenerContext>
      </MirrorContext>
    </I18nextProvider>
  )
}
