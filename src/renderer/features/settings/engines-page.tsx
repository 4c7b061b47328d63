import { useTranslation } from 'react-i18next'
import { useTold } from '../../language/told.ts'
import { useWork } from '../../state/mirror-context.ts'
import { ErrorBox } from '../../ui/states.tsx'

/** Every engine: what it is, whether it answers, what it can do. */
export function EnginesPage() {
  const { t } = useTranslation(['settings', 'studio'])
  const told = useTold()
  const engines = useWork((work) => work.engines)
  if (!engines) return <div className="skeleton" style={{ height: 160 }} />
  return (
    <ul className="settings-list">
      {engines.map(({ port, engine, label, state, description, preferred, error }) => (
        <li key={`${port} ${engine}`}>
          <div className="words">
            <h3>
              <span className="engine-dot" data-state={state}>
                {told(label)}
              </span>
            </h3>
            <p className="quiet">
              {t(`port.${port}`)} · {t(`studio:engineState.${state}`)}
              {preferred && ` · ${t('preferred')}`}
            </p>
            {state === 'uninstalled' && <p className="quiet">{t('installModel')}</p>}
            {description && state !== 'uninstalled' && (
              <>
                <p>{description.abilities.map(told).join(' · ')}</p>
                <p className="quiet">
                  {description.version} {description.runsOn && told(description.runsOn)}
                </p>
              </>
            )}
            {error && <ErrorBox error={error} />}
          </div>
        </li>
      ))}
    </ul>
  )
}
