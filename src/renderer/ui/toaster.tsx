import { X } from 'lucide-react'
import { Toast as Radix } from 'radix-ui'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from './button.tsx'
import { useDialogStack } from './dialog-stack.ts'
import { useToasts } from './toasts.ts'
import './overlays.css'

/** How long an action can be undone from its toast, ms. */
const SHOWN_MS = 10_000

/** What is told in passing, at the foot of the window, within reach of the keyboard (F8) whatever stands over it. */
export function Toaster() {
  const { t } = useTranslation()
  const { toasts, dismiss, undo: takeBack } = useToasts()
  const dialog = useDialogStack(({ dialogs }) => dialogs.at(-1))
  return (
    <Radix.Provider duration={SHOWN_MS} label={t('toast.region')}>
      {toasts.map(({ id, text, hint, undo }) => (
        <Radix.Root
          key={id}
          className="toast"
          onOpenChange={(open) => !open && dismiss(id)}
          onEscapeKeyDown={(event) => {
            // The key belongs to the dialog, unless the focus is on what is told.
            if (!dialog || document.activeElement?.closest('.toasts')) return
            event.preventDefault()
            dialog.close()
          }}
        >
          <Radix.Title asChild>
            <p>{text}</p>
          </Radix.Title>
          {undo ? (
            <Radix.Action asChild altText={t('toast.undoAlt')} onClick={() => void takeBack(id)}>
              <Button>{t('undo')}</Button>
            </Radix.Action>
          ) : (
            <span />
          )}
          <Radix.Close asChild>
            <IconButton icon={X} label={t('toast.dismiss')} />
          </Radix.Close>
          {hint && (
            <Radix.Description asChild>
              <p className="toast-hint">{hint}</p>
            </Radix.Description>
          )}
        </Radix.Root>
      ))}
      {createPortal(<Radix.Viewport className="toasts" label={t('toast.region')} />, dialog?.content ?? document.body)}
    </Radix.Provider>
  )
}
