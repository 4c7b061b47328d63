import { useTranslation } from 'react-i18next'
import { QueueSheet } from '../features/queue/queue-sheet.tsx'
import { ReportSheet } from '../features/report/report-sheet.tsx'
import { SettingsDialog } from '../features/settings/settings-dialog.tsx'
import { useView } from '../state/view.ts'
import { Dialog } from '../ui/dialog.tsx'
import { ShortcutsSheet } from './shortcuts-sheet.tsx'

/** What stands over the screens, one at a time. */
export function Layers() {
  const { t } = useTranslation()
  const { layer, setLayer } = useView()
  const close = () => setLayer(null)
  switch (layer?.kind) {
    case undefined:
      return null
    case 'queue':
      return <QueueSheet onClose={close} />
    case 'report':
      return <ReportSheet jobId={layer.jobId} onClose={close} />
    case 'settings':
      return <SettingsDialog page={layer.page} onClose={close} />
    case 'shortcuts':
      return (
        <Dialog open title={t('shortcuts')} width={1000} onClose={close}>
          <ShortcutsSheet />
        </Dialog>
      )
  }
}
