import { useTranslation } from 'react-i18next'
import { AskDialog } from './ask-dialog.tsx'

interface EraseDialogProps {
  readonly title: string
  /** What goes, in figures, and that it does not come back. */
  readonly text: string
  readonly action: string
  readonly onErase: () => void
  readonly onClose: () => void
}

/** Asks before something is erased that no undo brings back. */
export function EraseDialog({ text, onErase, ...words }: EraseDialogProps) {
  const { t } = useTranslation('settings')
  const description = <p className="dialog-body">{text}</p>
  return <AskDialog {...words} description={description} cancel={t('keep')} kind="danger" onAction={onErase} />
}
