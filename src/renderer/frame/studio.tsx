import { Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { PrepareScreen } from '../features/prepare-screen.tsx'
import { useTold } from '../language/told.ts'
import { useMirror, useSettings, useWork } from '../state/mirror-context.ts'
import { useView } from '../state/view.ts'
import { Button } from '../ui/button.tsx'
import { ErrorBox } from '../ui/states.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import { CompareScreen, DeliverScreen, GalleryScreen, Layers } from './screens.ts'
import { TopBar } from './top-bar.tsx'
import { useGlobalCommands } from './use-global-commands.ts'
import { useLanguage } from './use-language.ts'
import { useOrderDefaults } from './use-order-defaults.ts'
import './frame.css'

const SCREENS = {
  prepare: PrepareScreen,
  gallery: GalleryScreen,
  compare: CompareScreen,
  deliver: DeliverScreen
} as const

/** Top bar, what has to be told, and the screen of the mode. */
export function Studio() {
  const { t } = useTranslation()
  const told = useTold()
  const mirror = useMirror()
  const mode = useView((view) => view.mode)
  const hasLayer = useView((view) => view.layer !== null)
  const surround = useSettings((settings) => settings.surround)
  const error = useWork((work) => work.error)
  const connected = useWork((work) => work.connected)
  const away = useWork((work) => work.engines)?.filter((engine) => engine.state === 'away') ?? []
  const Screen = SCREENS[mode]
  useLanguage()
  useGlobalCommands()
  useOrderDefaults()
  useEffect(() => {
    document.documentElement.dataset.surround = surround
  }, [surround])
  return (
    <div className="frame">
      <TopBar />
      <div>
        {error && (
          <ErrorBox
            error={error}
            actions={
              <Button onClick={() => void Promise.all([mirror.load(), mirror.loadRest()])}>{t('tryAgain')}</Button>
            }
          />
        )}
        {!connected && (
          <p className="notice" role="status">
            <span className="mark" data-outcome="failed" aria-hidden>
              ✕
            </span>
            {t('studioIsAway')}
          </p>
        )}
        {away.map((engine) => (
          <p key={`${engine.port} ${engine.engine}`} className="notice" role="status">
            <span className="mark" data-outcome="failed" aria-hidden>
              ✕
            </span>
            {t('engineIsAway', { engine: told(engine.label) })}
          </p>
        ))}
      </div>
      <ErrorBoundary key={mode} onCaught={(thrown) => console.error(thrown)}>
        <Suspense>
          <Screen />
        </Suspense>
      </ErrorBoundary>
      <Suspense>{hasLayer && <Layers />}</Suspense>
    </div>
  )
}
