import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallOptions } from '../../../contract/studio/client.ts'
import type { PhotoSource } from '../../../contract/studio/photo-calls.ts'
import { useMirror } from '../../state/mirror-context.ts'
import { useDoing } from '../../state/use-doing.ts'
import { useView } from '../../state/view.ts'
import { useToasts } from '../../ui/toasts.ts'
import { importRow } from './import-store.ts'
import { sourcesOf } from './photo-sources.ts'

export interface Importing {
  /** Photos and folders come in one by one; the first is shown. */
  readonly takeFiles: (files: readonly File[]) => Promise<void>
  readonly takeSample: () => Promise<void>
  readonly chooseFiles: () => Promise<void>
  readonly chooseFolder: () => Promise<void>
}

export function useImport(): Importing {
  const { t } = useTranslation('intake')
  const { client, files: own } = useMirror()
  const doing = useDoing()
  const showPhoto = useView((view) => view.showPhoto)
  const setMode = useView((view) => view.setMode)
  const show = useToasts((toasts) => toasts.show)

  const take = useCallback(
    async (sourcesFor: (options: CallOptions) => Promise<readonly PhotoSource[]>) => {
      const row = importRow()
      const options = { signal: row.signal, onProgress: row.progress }
      const intake = await doing(async () => {
        const sources = await sourcesFor(options)
        if (sources.length === 0) return undefined
        row.show()
        setMode('prepare')
        return await client.call('photos.import', { sources: [...sources] }, options)
      })
      row.end()
      const [first] = intake?.accepted ?? []
      if (first) showPhoto(first._id)
      if (intake && intake.accepted.length > 1) show({ text: t('added', { count: intake.accepted.length }) })
    },
    [client, doing, show, showPhoto, setMode, t]
  )

  const atPaths = (paths: readonly string[]) => paths.map((path) => ({ kind: 'path', path }) as const)

  return {
    takeFiles: (files) => take((options) => sourcesOf(files, own, options)),
    takeSample: async () => {
      const intake = await doing(() => client.call('photos.importSample', {}))
      const [first] = intake?.accepted ?? []
      if (first) showPhoto(first._id)
    },
    chooseFiles: () =>
      take(async (options) => {
        const asked = { title: t('chooseFiles'), of: 'photos' } as const
        return atPaths((await client.call('dialogs.chooseFiles', asked, options)).paths)
      }),
    chooseFolder: () =>
      take(async (options) => {
        const asked = { title: t('chooseFolder'), of: 'photos' } as const
        const { path } = await client.call('dialogs.chooseFolder', asked, options)
        return atPaths(path === null ? [] : [path])
      })
  }
}
