import { useTranslation } from 'react-i18next'
import type { PhotoSource } from '../../../contract/studio/photo-calls.ts'
import { useClient } from '../../state/mirror-context.ts'
import { useDoing } from '../../state/use-doing.ts'
import { useDraft } from './draft-store.ts'

interface OwnBackdropActions {
  readonly choose: () => Promise<void>
  readonly take: (source: PhotoSource) => Promise<void>
}

/** Takes a file as the backdrop of the order; one that cannot be used is told and changes nothing. */
export function useOwnBackdrop(): OwnBackdropActions {
  const { t } = useTranslation('parameters')
  const client = useClient()
  const doing = useDoing()
  const setBackdrop = useDraft((state) => state.setBackdrop)
  const take = async (source: PhotoSource) => {
    const backdrop = await doing(() => client.call('backdrops.import', { source }))
    if (backdrop) setBackdrop(backdrop)
  }
  return {
    take,
    async choose() {
      const title = t('ownBackdrop.title')
      const chosen = await doing(() => client.call('dialogs.chooseFiles', { title, of: 'backdrops' }))
      const [path] = chosen?.paths ?? []
      if (path !== undefined) await take({ kind: 'path', path })
    }
  }
}
