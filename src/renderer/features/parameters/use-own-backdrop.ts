import { useTranslation } from 'react-i18next'
import type { PhotoSource } from '../../../contract/studio/photo-calls.ts'
import { useClient, useOwnFiles } from '../../state/mirror-context.ts'
import { useDoing } from '../../state/use-doing.ts'
import { importRow } from '../intake/import-store.ts'
import { useDraft } from './draft-store.ts'

interface OwnBackdropActions {
  readonly choose: () => Promise<void>
  readonly takeFile: (file: File) => Promise<void>
}

/** Takes a file as the backdrop of the order; one that cannot be used is told and changes nothing. */
export function useOwnBackdrop(): OwnBackdropActions {
  const { t } = useTranslation('parameters')
  const client = useClient()
  const own = useOwnFiles()
  const doing = useDoing()
  const setBackdrop = useDraft((state) => state.setBackdrop)
  const take = async (source: PhotoSource) => {
    const backdrop = await doing(() => client.call('backdrops.import', { source }))
    if (backdrop) setBackdrop(backdrop)
  }
  return {
    async takeFile(file) {
      const row = importRow()
      const source = await doing(() => own.sourceOf(file, { signal: row.signal, onProgress: row.progress }))
      row.end()
      if (source) await take(source)
    },
    async choose() {
      const title = t('ownBackdrop.title')
      const row = importRow()
      const options = { signal: row.signal, onProgress: row.progress }
      const chosen = await doing(() => client.call('dialogs.chooseFiles', { title, of: 'backdrops' }, options))
      row.end()
      const [path] = chosen?.paths ?? []
      if (path !== undefined) await take({ kind: 'path', path })
    }
  }
}
