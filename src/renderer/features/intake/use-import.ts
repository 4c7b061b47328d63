import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { PhotoSource } from '../../../contract/studio/photo-calls.ts'
import { useMirror } from '../../state/mirror-context.ts'
import { useDoing } from '../../state/use-doing.ts'
import { useView } from '../../state/view.ts'
import { useToasts } from '../../ui/toasts.ts'
import { useImports } from './import-store.ts'

export interface Importing {
  /** Photos and folders come in one by one; the first is shown. */
  readonly take: (sources: readonly PhotoSource[], subjectId?: string) => Promise<void>
  readonly takeSample: () => Promise<void>
  readonly chooseFiles: () => Promise<void>
  readonly chooseFolder: () => Promise<void>
}

export function useImport(): Importing {
  const { t } = useTranslation('intake')
  const { client } = useMirror()
  const doing = useDoing()
  const showPhoto = useView((view) => view.showPhoto)
  const setMode = useView((view) => view.setMode)
  const show = useToasts((toasts) => toasts.show)

  const take = useCallback<Importing['take']>(
    async (sources, subjectId) => {
      if (sources.length === 0) return
      const stop = new AbortController()
      const { begin, progress, end } = useImports.getState()
      const id = begin(() => stop.abort())
      setMode('prepare')
      const intake = await doing(() =>
        client.call(
          'photos.import',
          { sources: [...sources], subjectId: subjectId ?? null },
          { signal: stop.signal, onProgress: (told) => progress(id, told) }
        )
      )
      end(id)
      const [first] = intake?.accepted ?? []
      if (first) showPhoto(first._id)
      if (intake && intake.accepted.length > 1) show({ text: t('added', { count: intake.accepted.length }) })
    },
    [client, doing, show, showPhoto, setMode, t]
  )

  const choose = (call: 'dialogs.chooseFiles' | 'dialogs.chooseFolder') =>
    doing(async () => {
      const paths =
        call === 'dialogs.chooseFiles'
          ? (await client.call(call, { title: t('chooseFiles'), of: 'photos' })).paths
          : [(await client.call(call, { title: t('chooseFolder') })).path].filter((path) => path !== null)
      await take(paths.map((path) => ({ kind: 'path', path })))
    }).then(() => undefined)

  return {
    take,
    takeSample: async () => {
      const intake = await doing(() => client.call('photos.importSample', {}))
      const [first] = intake?.accepted ?? []
      if (first) showPhoto(first._id)
    },
    chooseFiles: () => choose('dialogs.chooseFiles'),
    chooseFolder: () => choose('dialogs.chooseFolder')
  }
}
