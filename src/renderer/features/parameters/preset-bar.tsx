import { Ellipsis, Save } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Preset } from '../../../domain/preset.ts'
import { useMirror } from '../../state/mirror-context.ts'
import { useDoing } from '../../state/use-doing.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Menu, type MenuEntry } from '../../ui/menu.tsx'
import { Select } from '../../ui/select.tsx'
import { useToasts } from '../../ui/toasts.ts'
import { useWritten } from '../delivery/use-written.ts'
import { orderedBackdrop, useDraft } from './draft-store.ts'
import { usePresets } from './use-presets.ts'

const NONE = 'none'

/** Named sets of everything below, to be taken, kept, and handed to another studio. */
export function PresetBar() {
  const { t } = useTranslation(['parameters', 'studio'])
  const { client } = useMirror()
  const doing = useDoing()
  const show = useToasts((toasts) => toasts.show)
  const written = useWritten()
  const presets = usePresets()
  const { draft, presetId, use } = useDraft()
  const ordered = useDraft(orderedBackdrop)
  const kept = { settings: draft, backdrop: ordered === 'missing' ? null : ordered }
  const [naming, setNaming] = useState<'save' | 'rename' | null>(null)
  const chosen = presets.find((preset) => preset._id === presetId)

  const exportAll = () =>
    doing(async () => {
      const { path } = await client.call('dialogs.saveFile', {
        title: t('preset.exportTitle'),
        name: 'presets.json',
        of: 'presets'
      })
      if (path === null) return
      const file = await client.call('presets.export', { ids: presets.map((preset) => preset._id), path })
      await written(t('preset.exported', { count: file.presets }), file.path)
    })
  const importFile = () =>
    doing(async () => {
      const { paths } = await client.call('dialogs.chooseFiles', { title: t('preset.importTitle'), of: 'presets' })
      for (const path of paths) {
        const read = await client.call('presets.import', { path })
        show({ text: t('preset.imported', { count: read.presets.length }) })
      }
    })
  const remove = ({ _id: id, name, settings, backdrop }: Preset) =>
    doing(async () => {
      await client.call('presets.remove', { id })
      const undo = async () => {
        const again = await doing(() => client.call('presets.save', { name, settings, backdrop }))
        return again && (() => remove(again))
      }
      show({ text: t('preset.removed', { name }), undo })
    })
  const entries: MenuEntry[] = [
    ...(chosen
      ? [
          {
            label: t('preset.update', { name: chosen.name }),
            onSelect: () =>
              void doing(() => client.call('presets.save', { id: chosen._id, name: chosen.name, ...kept }))
          },
          { label: t('preset.rename'), onSelect: () => setNaming('rename') },
          { label: t('preset.remove'), onSelect: () => void remove(chosen) },
          null
        ]
      : []),
    { label: t('preset.export'), disabled: presets.length === 0, onSelect: () => void exportAll() },
    { label: t('preset.import'), onSelect: () => void importFile() }
  ]

  return (
    <div className="section preset-bar">
      <Select
        label={t('preset.label')}
        labelled={false}
        value={chosen?._id ?? NONE}
        options={[
          { value: NONE, label: t('preset.none') },
          ...presets.map((preset) => ({ value: preset._id, label: preset.name }))
        ]}
        onChange={(id) => {
          const preset = presets.find((each) => each._id === id)
          if (preset) use(preset.settings, { presetId: preset._id, backdrop: preset.backdrop })
        }}
      />
      <IconButton icon={Save} label={t('preset.save')} onClick={() => setNaming('save')} />
      <Menu entries={entries}>
        <IconButton icon={Ellipsis} label={t('preset.menu')} />
      </Menu>
      {naming && (
        <PresetNameDialog
          title={naming === 'save' ? t('preset.save') : t('preset.rename')}
          name={naming === 'rename' ? (chosen?.name ?? '') : ''}
          onClose={() => setNaming(null)}
          onName={(name) =>
            void doing(async () => {
              if (naming === 'rename' && chosen) await client.call('presets.rename', { id: chosen._id, name })
              else use(draft, { presetId: (await client.call('presets.save', { name, ...kept }))._id })
            })
          }
        />
      )}
    </div>
  )
}

interface PresetNameDialogProps {
  readonly title: string
  readonly name: string
  readonly onClose: () => void
  readonly onName: (name: string) => void
}

function PresetNameDialog({ title, name, onClose, onName }: PresetNameDialogProps) {
  const { t } = useTranslation(['parameters', 'studio'])
  const [text, setText] = useState(name)
  const finish = () => {
    if (text.trim() === '') return
    onName(text)
    onClose()
  }
  return (
    <Dialog
      open
      title={title}
      width={400}
      onClose={onClose}
      footer={
        <Button kind="main" disabled={text.trim() === ''} onClick={finish}>
          {t('studio:save')}
        </Button>
      }
    >
      <TextField
        label={t('preset.name')}
        value={text}
        maxLength={80}
        dir="auto"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => event.key === 'Enter' && finish()}
      />
    </Dialog>
  )
}
