import { useTranslation } from 'react-i18next'
import type { ModelState } from '../../../domain/models/model-state.ts'
import { useFormat } from '../../language/format.ts'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { ErrorBox } from '../../ui/states.tsx'
import { ModelActions } from './model-actions.tsx'

/** One model: what it is for, what it costs, whether it runs here, how it stands with it. */
export function ModelRow({ state: about }: { readonly state: ModelState }) {
  const { t, i18n } = useTranslation('models')
  const { bytes } = useFormat()
  const { model, state, fit, error } = about
  const german = i18n.language.startsWith('de')
  return (
    <li aria-label={model.name} className="model-row">
      <div className="words">
        <h4>
          {model.name}
          {state === 'installed' && <span className="model-mark">{t('state.installed')}</span>}
          {state !== 'installed' && model.preferred && <span className="model-mark quiet">{t('preferred')}</span>}
        </h4>
        <p>{german ? model.about.de : model.about.en}</p>
        <p className="quiet">
          {bytes(state === 'installed' ? about.bytes : model.bytes)} · {model.licence.name}
          {!model.licence.commercial && ` · ${t('notCommercial')}`}
        </p>
        <p className="quiet" data-verdict={fit.verdict}>
          {t(`fit.${fit.verdict}`, {
            needsMemory: bytes(fit.needs.memory),
            hasMemory: bytes(fit.has.memory),
            needsDisk: bytes(fit.needs.disk),
            hasDisk: bytes(fit.has.disk)
          })}
        </p>
        {state !== 'absent' && state !== 'installed' && <ModelProgress state={about} />}
        {error && <ErrorBox error={error} />}
      </div>
      <ModelActions about={about} />
    </li>
  )
}

function ModelProgress({ state: { model, state, progress } }: { readonly state: ModelState }) {
  const { t } = useTranslation('models')
  const { bytes, percent, duration } = useFormat()
  const share = progress && progress.total > 0 ? progress.done / progress.total : null
  const said = [
    t(`state.${state}`),
    progress && share !== null && t('share', { share: percent(share), total: bytes(progress.total) }),
    progress?.bytesPerSecond != null && t('speed', { speed: bytes(progress.bytesPerSecond) }),
    progress?.leftMs != null && t('left', { time: duration(progress.leftMs) })
  ]
  return (
    <div className="model-progress">
      <ProgressBar label={model.name} value={state === 'asking' ? null : share} />
      <p className="quiet">{said.filter(Boolean).join(' · ')}</p>
    </div>
  )
}
