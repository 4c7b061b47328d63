import { useTranslation } from 'react-i18next'
import type { CatalogueModel } from '../../../domain/models/catalogue-model.ts'
import { useClient } from '../../state/mirror-context.ts'
import { useDoing } from '../../state/use-doing.ts'
import { useToasts } from '../../ui/toasts.ts'

export interface ModelActions {
  /** With every consent: whoever calls it has asked for them. */
  readonly pull: () => void
  readonly pause: () => void
  readonly discard: () => void
  readonly importFolder: () => void
  readonly verify: () => void
  readonly remove: () => void
  readonly restore: () => void
}

/** The commands for one model; what goes wrong is told in a toast, and in the model's own row. */
export function useModelActions({ id, name }: CatalogueModel): ModelActions {
  const { t } = useTranslation('models')
  const client = useClient()
  const doing = useDoing()
  const show = useToasts((toasts) => toasts.show)

  return {
    pull: () => void doing(() => client.call('models.pull', { id, acceptLicence: true, anyway: true })),
    pause: () => void doing(() => client.call('models.pause', { id })),
    discard: () => void doing(() => client.call('models.discard', { id })),
    importFolder: () =>
      void doing(async () => {
        const { path } = await client.call('dialogs.chooseFolder', { title: t('import'), of: 'models' })
        if (path !== null) await client.call('models.import', { id, folder: path })
      }),
    verify: () =>
      void doing(async () => {
        await client.call('models.verify', { id })
        show({ text: t('whole', { name }) })
      }),
    // Not from a message: behind the settings nobody reaches one by key.
    remove: () => void doing(() => client.call('models.remove', { id })),
    restore: () => void doing(() => client.call('models.restore', { id }))
  }
}
