import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ExportPreset } from '../../../domain/delivery/export-preset.ts'
import { Section } from '../../frame/section.tsx'
import { useCommand } from '../../keys/use-command.ts'
import { useClient, useMirror, useOnDesktop, useSettings } from '../../state/mirror-context.ts'
import { useDoing } from '../../state/use-doing.ts'
import { Button } from '../../ui/button.tsx'
import { CheckField } from '../../ui/fields.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { useToasts } from '../../ui/toasts.ts'
import { Tooltip } from '../../ui/tooltip.tsx'
import type { DeliveryChoice } from './delivery-choice.ts'
import { ExportPresetEditor } from './export-preset-editor.tsx'
import { ExportResultDialog } from './export-result.tsx'
import { OtherDeliveries } from './other-deliveries.tsx'
import { useExport } from './use-export.ts'
import './delivery.css'

interface ExportPanelProps {
  readonly jobIds: readonly string[]
  readonly choice: DeliveryChoice
  readonly names: readonly string[]
}

/** Where to, as what, and go. */
export function ExportPanel({ jobIds, choice, names }: ExportPanelProps) {
  const { t } = useTranslation(['delivery', 'studio'])
  const client = useClient()
  const { settings } = useMirror()
  const doing = useDoing()
  const onDesktop = useOnDesktop()
  const kept = useSettings((each) => each.exportFolder)
  /** A browser gets its files as a download, wherever the studio's own window exports to. */
  const folder = onDesktop ? kept : null
  const exporting = useExport()
  const { presets, chosen, edited } = choice
  const chooseFolder = () =>
    doing(async () => {
      const { path } = await client.call('dialogs.chooseFolder', {
        title: t('chooseFolder'),
        of: 'delivery',
        startAt: folder
      })
      if (path !== null && onDesktop) await settings.change({ exportFolder: path })
      return path
    })
  const ready = jobIds.length > 0 && chosen.length > 0 && exporting.running === null
  const start = async () => {
    const to = folder ?? (await chooseFolder())
    if (to) await exporting.start(jobIds, chosen, to)
  }
  useCommand('export', () => (ready ? void start() : false))
  const progress = exporting.running?.progress
  return (
    <div className="deliver">
      <div className="deliver-scroll">
        <Section title={t('presets')}>
          <div className="preset-checks">
            {presets.map((preset) => (
              <div key={preset._id} className="preset-check" data-edited={preset._id === edited?._id}>
                <CheckField
                  label={preset.name}
                  checked={chosen.some((each) => each._id === preset._id)}
                  onChange={(on) => choice.choose(preset._id, on)}
                />
                <Button kind="quiet" onClick={() => choice.edit(preset._id)}>
                  {t('edit')}
                </Button>
              </div>
            ))}
          </div>
        </Section>
        {edited && (
          <Section
            title={edited.name}
            action={<PresetButtons preset={edited} builtIn={choice.editedBuiltIn} onSaved={choice.reload} />}
          >
            <ExportPresetEditor preset={edited} onChange={choice.change} example={names[0]} />
          </Section>
        )}
        <Section title={t('other')}>
          <OtherDeliveries jobIds={jobIds} />
        </Section>
      </div>
      <div className="make-bar">
        {onDesktop && (
          <div className="folder-line">
            <bdi className="one-line quiet" title={folder ?? undefined}>
              {folder ?? t('noFolder')}
            </bdi>
            <Button onClick={() => void chooseFolder()}>{t('chooseFolder')}</Button>
          </div>
        )}
        {exporting.running ? (
          <>
            <ProgressBar label={t('exporting')} value={progress ? progress.done / progress.total : null} />
            <div className="filter-line">
              <span className="quiet" role="status">
                {progress && t('exported', { done: progress.done, total: progress.total })}
              </span>
              <Button onClick={exporting.cancel}>{t('studio:cancel')}</Button>
            </div>
          </>
        ) : (
          <div className="make-buttons">
            <Tooltip text={t('export', { count: jobIds.length * chosen.length })} command="export">
              <Button kind="main" disabled={!ready} onClick={() => void start()}>
                {t('export', { count: jobIds.length * chosen.length })}
              </Button>
            </Tooltip>
          </div>
        )}
      </div>
      {exporting.result && <ExportResultDialog result={exporting.result} onClose={exporting.dismiss} />}
    </div>
  )
}

interface PresetButtonsProps {
  readonly preset: ExportPreset
  readonly builtIn: boolean
  readonly onSaved: () => Promise<void>
}

function PresetButtons({ preset, builtIn, onSaved }: PresetButtonsProps) {
  const { t } = useTranslation(['delivery', 'studio'])
  const client = useClient()
  const doing = useDoing()
  const show = useToasts((toasts) => toasts.show)
  const [busy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    const name = builtIn ? t('copyOf', { name: preset.name }) : preset.name
    await doing(() =>
      client.call('delivery.savePreset', { preset: { ...preset, name, _id: builtIn ? null : preset._id } })
    )
    await onSaved()
    setBusy(false)
  }
  const remove = async () => {
    await doing(() => client.call('delivery.removePreset', { id: preset._id }))
    show({
      text: t('presetRemoved', { name: preset.name }),
      undo: async () => {
        const again = await doing(() => client.call('delivery.savePreset', { preset }))
        await onSaved()
        return again && remove
      }
    })
    await onSaved()
  }
  return (
    <span>
      <Button kind="quiet" disabled={busy} onClick={() => void save()}>
        {builtIn ? t('saveAsNew') : t('studio:save')}
      </Button>
      {!builtIn && (
        <Button kind="quiet" onClick={() => void remove()}>
          {t('removePreset')}
        </Button>
      )}
    </span>
  )
}
