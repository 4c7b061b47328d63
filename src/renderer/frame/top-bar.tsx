import { CircleHelp, Settings } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useTold } from '../language/told.ts'
import { useWork } from '../state/mirror-context.ts'
import { MODES, type Mode, useView } from '../state/view.ts'
import { IconButton } from '../ui/button.tsx'
import { Tooltip } from '../ui/tooltip.tsx'
import { QueueMeter } from './queue-meter.tsx'
import './frame.css'

export function TopBar() {
  const { t } = useTranslation()
  const setLayer = useView((view) => view.setLayer)
  return (
    <header className="top-bar" data-region tabIndex={-1}>
      <span className="brand">{t('studio')}</span>
      <nav className="modes" aria-label={t('modes')}>
        {MODES.map((mode, index) => (
          <ModeButton key={mode} mode={mode} number={index + 1} />
        ))}
      </nav>
      <span className="spring" />
      <EngineDots />
      <QueueMeter />
      <IconButton
        icon={Settings}
        label={t('settings')}
        command="settings"
        onClick={() => setLayer({ kind: 'settings', page: 'general' })}
      />
      <IconButton
        icon={CircleHelp}
        label={t('shortcuts')}
        command="shortcuts"
        onClick={() => setLayer({ kind: 'shortcuts' })}
      />
    </header>
  )
}

function ModeButton({ mode, number }: { readonly mode: Mode; readonly number: number }) {
  const { t } = useTranslation()
  const current = useView((view) => view.mode)
  const setMode = useView((view) => view.setMode)
  return (
    <Tooltip text={t(`modeHint.${mode}`)} command={`go-${mode}`}>
      <button
        type="button"
        className="mode"
        aria-current={current === mode ? 'page' : undefined}
        onClick={() => setMode(mode)}
      >
        <span className="number">{number}</span>
        {t(`mode.${mode}`)}
      </button>
    </Tooltip>
  )
}

/** Engines that make and judge pictures, and whether they answer. */
function EngineDots() {
  const { t } = useTranslation()
  const told = useTold()
  const engines = useWork((work) => work.engines)
  const setLayer = useView((view) => view.setLayer)
  if (!engines) return null
  return (
    <button
      type="button"
      className="button engine-dots"
      data-kind="quiet"
      aria-label={t('engines')}
      onClick={() => setLayer({ kind: 'settings', page: 'engines' })}
    >
      {engines
        .filter(
          ({ port, preferred, state }) =>
            port !== 'examiner' && state !== 'uninstalled' && (preferred || state !== 'idle')
        )
        .map(({ port, engine, label, state }) => (
          <span key={`${port} ${engine}`} className="engine-dot" data-state={state}>
            {told(label)}
            <span className="unseen"> {t(`engineState.${state}`)}</span>
          </span>
        ))}
    </button>
  )
}
