import { Tooltip } from 'radix-ui'
import { useEffect, useMemo } from 'react'
import { I18nextProvider } from 'react-i18next'
import { DropZone } from './features/intake/drop-zone.tsx'
import { ErrorBoundary } from './frame/error-boundary.tsx'
import { Studio } from './frame/studio.tsx'
import { KeyListener } from './keys/key-listener.ts'
import { moveFocusBetweenRegions } from './keys/region-focus.ts'
import { IS_MAC, KeyListenerContext } from './keys/use-command.ts'
import { createTranslator, languageFor } from './language/languages.ts'
import type { Mirror } from './state/mirror.ts'
import { MirrorContext } from './state/mirror-context.ts'
import { Toaster } from './ui/toaster.tsx'
import './ui/theme.css'

/** The studio's window. */
export function App({ mirror }: { readonly mirror: Mirror }) {
  const translator = useMemo(() => createTranslator(languageFor(navigator.languages)), [])
  const keys = useMemo(() => new KeyListener(IS_MAC), [])
  useEffect(() => {
    void mirror.load()
    const detach = keys.attach(window)
    window.addEventListener('keydown', moveFocusBetweenRegions)
    const stop = mirror.client.subscribe('menu.command', ({ command }) => void keys.perform(command))
    return () => {
      detach()
      stop()
      window.removeEventListener('keydown', moveFocusBetweenRegions)
    }
  }, [mirror, keys])
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
