import { AlertDialog } from 'radix-ui'
import { useTranslation } from 'react-i18next'
import { Button } from './button.tsx'
import './overlays.css'

interface EraseDialogProps {
  readonly title: string
  /** What goes, in figures, and that it does not come back. */
  readonly text: string
  readonly action: string
  readonly onErase: () => void
  readonly onClose: () => void
}

/** Asks before something is erased that no undo brings back. */
export function EraseDialog({ title, text, action, onErase, onClose }: EraseDialogProps) {
  const { t } = useTranslation('settings')
  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="veil" />
        <AlertDialog.Content className="dialog">
          <header>
            <AlertDialog.Title asChild>
              <h2>{title}</h2>
            </AlertDialog.Title>
          </header>
          <AlertDialog.Description asChild>
            <p className="dialog-body">{text}</p>
          </AlertDialog.Description>
          <footer>
            <AlertDialog.Cancel asChild>
              <Button>{t('keep')}</Button>
            </AlertDialog.Cancel>
            <AlertDialog.Action asChild>
              <Button kind="danger" onClick={onErase}>
                {action}
              </Button>
            </AlertDialog.Action>
          </footer>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
