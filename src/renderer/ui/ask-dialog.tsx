import { AlertDialog } from 'radix-ui'
import type { ReactElement } from 'react'
import { Button } from './button.tsx'
import { useDialogRef } from './dialog-stack.ts'
import './overlays.css'

interface AskDialogProps {
  readonly title: string
  /** One element of the class `dialog-body`. */
  readonly description: ReactElement
  /** Words of the button that leaves everything as it is. */
  readonly cancel: string
  readonly action: string
  readonly kind: 'main' | 'danger'
  readonly onAction: () => void
  readonly onClose: () => void
}

/** Asks before the studio goes on; nothing else is reached until it is answered. */
export function AskDialog({ title, description, cancel, action, kind, onAction, onClose }: AskDialogProps) {
  const content = useDialogRef(onClose)
  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="veil" />
        <AlertDialog.Content ref={content} className="dialog">
          <header>
            <AlertDialog.Title asChild>
              <h2>{title}</h2>
            </AlertDialog.Title>
          </header>
          <AlertDialog.Description asChild>{description}</AlertDialog.Description>
          <footer>
            <AlertDialog.Cancel asChild>
              <Button>{cancel}</Button>
            </AlertDialog.Cancel>
            <AlertDialog.Action asChild>
              <Button kind={kind} onClick={onAction}>
                {action}
              </Button>
            </AlertDialog.Action>
          </footer>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
