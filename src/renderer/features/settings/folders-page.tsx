import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { WatchState } from '../../../contract/studio/studio-calls.ts'
import { useClient, useOnDesktop } from '../../state/mirror-context.ts'
import { useDoing } from '../../state/use-doing.ts'
import { Button } from '../../ui/button.tsx'
import { CheckField } from '../../ui/fields.tsx'
import { Select } from '../../ui/select.tsx'
import { ErrorBox } from '../../ui/states.tsx'
import { useToasts } from '../../ui/toasts.ts'
import { usePresets } from '../parameters/use-presets.ts'

const USUAL = 'usual'

/** Hot folders: photos that arrive in them become jobs. */
export function FoldersPage() {
  const { t } = useTranslation('settings')
  const onDesktop = useOnDesktop()
  const client = useClient()
  const doing = useDoing()
  const [folders, setFolders] = useState<readonly WatchState[]>([])
  useEffect(() => {
    void doing(() => client.call('watch.list', {})).then((list) => list && setFolders(list.folders))
    return client.subscribe('watch.changed', (told) => setFolders(told.folders))
  }, [client, doing])
  const add = () =>
    doing(async () => {
      const { path } = await client.call('dialogs.chooseFolder', { title: t('watchAdd'), of: 'watched' })
      if (path === null) return
      const added = await client.call('watch.add', { folder: path, presetId: null, subfolders: false, enabled: true })
      setFolders((known) => [...known.filter((each) => each._id !== added._id), added])
    })
  return (
    <>
      <p className="quiet">{t('watchHint')}</p>
      <ul className="settings-list">
        {folders.map((folder) => (
          <WatchRow
            key={folder._id}
            watch={folder}
            onGone={() => setFolders((known) => known.filter((each) => each._id !== folder._id))}
          />
        ))}
      </ul>
      <div>
        {onDesktop ? <Button onClick={() => void add()}>{t('watchAdd')}</Button> : <p>{t('watchElsewhere')}</p>}
      </div>
    </>
  )
}

interface WatchRowProps {
  readonly watch: WatchState
  readonly onGone: () => void
}

function WatchRow({ watch, onGone }: WatchRowProps) {
  const { t } = useTranslation('settings')
  const client = useClient()
  const doing = useDoing()
  const show = useToasts((toasts) => toasts.show)
  const presets = usePresets()
  const { _id: id, folder, presetId, subfolders, enabled, state, queued, error } = watch
  const change = (what: { presetId?: string | null; subfolders?: boolean; enabled?: boolean }) =>
    void doing(() => client.call('watch.change', { id, change: what }))
  const remove = async (watchId: string) => {
    if (!(await doing(() => client.call('watch.remove', { id: watchId })))) return
    onGone()
    const undo = async () => {
      const again = await doing(() => client.call('watch.add', { folder, presetId, subfolders, enabled }))
      return again && (() => remove(again._id))
    }
    show({ text: t('watchRemoved'), undo })
  }
  return (
    <li>
      <div className="words">
        <bdi className="selectable">{folder}</bdi>
        <p className="quiet">
          {t(`watchState.${state}`)} · {t('watchQueued', { count: queued })}
        </p>
        {error && <ErrorBox error={error} />}
      </div>
      <Select
        label={t('watchPreset')}
        value={presetId ?? USUAL}
        options={[
          { value: USUAL, label: t('watchUsual') },
          ...presets.map((preset) => ({ value: preset._id, label: preset.name }))
        ]}
        onChange={(next) => change({ presetId: next === USUAL ? null : next })}
      />
      <CheckField label={t('watchOn')} checked={enabled} onChange={(on) => change({ enabled: on })} />
      <CheckField label={t('subfolders')} checked={subfolders} onChange={(on) => change({ subfolders: on })} />
      <Button onClick={() => void remove(id)}>{t('watchRemove')}</Button>
    </li>
  )
}
