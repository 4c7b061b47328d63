import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type StudioError, toStudioError } from '../../../domain/errors.ts'
import type { ModelState } from '../../../domain/models/model-state.ts'
import { useClient } from '../../state/mirror-context.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorBox } from '../../ui/states.tsx'
import { ModelRow } from './model-row.tsx'
import './models.css'

const ROLES = ['generator', 'vlm'] as const

/** The models that can be installed, by what they do. */
export function ModelsPage() {
  const { t } = useTranslation(['models', 'studio'])
  const client = useClient()
  const [models, setModels] = useState<readonly ModelState[] | null>(null)
  const [error, setError] = useState<StudioError | null>(null)
  const load = useCallback(async () => {
    try {
      const listed = await client.call('models.list', {})
      setModels(listed.models)
      setError(null)
    } catch (thrown) {
      setError(toStudioError(thrown))
    }
  }, [client])
  useEffect(() => {
    const stop = client.subscribe('models.changed', (told) => setModels(told.models))
    void load()
    return stop
  }, [client, load])
  if (error) {
    return <ErrorBox error={error} actions={<Button onClick={() => void load()}>{t('studio:tryAgain')}</Button>} />
  }
  if (!models) return <div className="skeleton" style={{ height: 320 }} />
  const noneYet = models.every(({ state }) => state === 'absent')
  return (
    <>
      <p className="quiet">{t(noneYet ? 'noneYet' : 'hint')}</p>
      {ROLES.map((role) => (
        <section key={role} className="model-group">
          <h3>{t(`role.${role}`)}</h3>
          <ul className="settings-list">
            {models
              .filter(({ model }) => model.role === role)
              .map((state) => (
                <ModelRow key={state.model.id} state={state} />
              ))}
          </ul>
        </section>
      ))}
    </>
  )
}
