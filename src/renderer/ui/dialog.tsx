import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { CSSProperties, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './button.tsx'
import { useDialogRef } from './dialog-stack.ts'
import './overlays.css'

interface DialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: string
  /** Read out after the title; the body itself where there is none. */
  readonly description?: string | undefined
  readonly width?: number
  readonly footer?: ReactNode
  readonly children: ReactNode
}

interface WidthStyle extends CSSProperties {
  readonly '--dialog-width': string
}

export function Dialog({ open, onClose, title, description, width = 560, footer, children }: DialogProps) {
  const { t } = useTranslation()
  const content = useDialogRef(onClose)
  const style: WidthStyle = { '--dialog-width': `${width}px` }
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="veil" />
        <Radix.Content
          className="dialog"
          ref={content}
          tabIndex={-1}
          onOpenAutoFocus={(event) => {
            // The first control would show its tooltip; a reader is told the title by the dialog itself.
            const shown = event.currentTarget
            if (!(shown instanceof HTMLElement) || shown.querySelector('[data-autofocus]')) return
            event.preventDefault()
            shown.focus()
          }}
          style={style}
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
        >
          <header>
            <Radix.Title asChild>
              <h2>{title}</h2>
            </Radix.Title>
            <Radix.Close asChild>
              <IconButton icon={X} label={t('close')} />
            </Radix.Close>
          </header>
          {description !== undefined && <Radix.Description className="unseen">{description}</Radix.Description>}
          <div className="dialog-body">{children}</div>
          {footer && <footer>{footer}</footer>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
