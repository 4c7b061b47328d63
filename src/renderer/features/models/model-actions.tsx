import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelState } from '../../../domain/models/model-state.ts'
import { useOnDesktop } from '../../state/mirror-context.ts'
import { Button } from '../../ui/button.tsx'
import { ModelConsent } from './model-consent.tsx'
import { useModelActions } from './use-model-actions.ts'

/** What can be done with a model as it stands. */
export function ModelActions({ about }: { readonly about: ModelState }) {
  const { model, state, fit } = about
  const { t } = useTranslation(['models', 'studio'])
  const act = useModelActions(model)
  // A browser has no folder of the studio's machine to offer.
  const onDesktop = useOnDesktop()
  const [asking, setAsking] = useState(false)
  const isUnfit = fit.verdict === 'memory-short'
  const mustAsk = !model.licence.commercial || isUnfit

  // By its place: whoever has pressed a button stays on the one that takes its place.
  const action = (place: number, text: string, onClick: () => void) => (
    <Button key={place} aria-label={`${text}: ${model.name}`} onClick={onClick}>
      {text}
    </Button>
  )
  const actions = () => {
    switch (state) {
      case 'absent':
        return [
          about.canRestore && action(0, t('restore'), act.restore),
          action(1, t(isUnfit ? 'downloadAnyway' : 'download'), mustAsk ? () => setAsking(true) : act.pull),
          onDesktop && action(2, t('import'), act.importFolder)
        ]
      case 'partial':
        return [action(1, t('continue'), act.pull), action(2, t('discard'), act.discard)]
      case 'asking':
      case 'downloading':
        return [action(1, t('pause'), act.pause), action(2, t('studio:cancel'), act.discard)]
      case 'checking':
      case 'importing':
        return [action(1, t('studio:cancel'), act.pause)]
      case 'installed':
        return [action(1, t('verify'), act.verify), action(2, t('remove'), act.remove)]
    }
  }
  return (
    <div className="model-actions">
      {actions()}
      {asking && <ModelConsent model={model} isUnfit={isUnfit} onConsent={act.pull} onClose={() => setAsking(false)} />}
    </div>
  )
}
