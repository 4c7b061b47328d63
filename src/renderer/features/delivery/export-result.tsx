import { useTranslation } from 'react-i18next'
import type { ExportResult } from '../../../domain/delivery/export-request.ts'
import { useFormat } from '../../language/format.ts'
import { useClient, useOnDesktop } from '../../state/mirror-context.ts'
import { useDoing } from '../../state/use-doing.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorBox } from '../../ui/states.tsx'

interface ExportResultDialogProps {
  readonly result: ExportResult
  readonly onClose: () => void
}

/** What became of each file. */
export function ExportResultDialog({ result, onClose }: ExportResultDialogProps) {
  const { t } = useTranslation('delivery')
  const { bytes } = useFormat()
  const client = useClient()
  const onDesktop = useOnDesktop()
  const doing = useDoing()
  const { written, skipped, failed, folder } = result
  const [first] = written
  const size = written.reduce((sum, file) => sum + file.bytes, 0)
  return (
    <Dialog
      open
      title={t('result')}
      onClose={onClose}
      footer={
        first && (
          <Button
            kind="main"
            onClick={() =>
              void doing(() => client.call('desktop.showInFolder', { path: onDesktop ? first.path : folder }))
            }
          >
            {t(onDesktop ? 'showInFolder' : 'download')}
          </Button>
        )
      }
    >
      <div className="export-result">
        <p>
          <span className="mark" data-outcome={failed.length > 0 ? 'failed' : 'passed'} aria-hidden>
            {failed.length > 0 ? '✕' : '✓'}
          </span>{' '}
          {t('written', { count: written.length, size: bytes(size) })}
        </p>
        {onDesktop && <p className="quiet selectable">{folder}</p>}
        {skipped.length > 0 && <p>– {t('skipped', { count: skipped.length })}</p>}
        {failed.map(({ jobId, attempt, presetId, error }) => (
          <ErrorBox key={`${jobId} ${attempt} ${presetId}`} error={error} />
        ))}
      </div>
    </Dialog>
  )
}
