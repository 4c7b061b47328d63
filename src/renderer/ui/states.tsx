import { Check, Copy } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ToldError, useToldError } from '../language/told.ts'
import { useCopy } from '../state/use-copy.ts'
import { Button } from './button.tsx'
import './states.css'

interface EmptyProps {
  readonly title: string
  readonly children?: ReactNode
  readonly actions?: ReactNode
}

/** What a screen says while it has nothing to show: what it is for and how to begin. */
export function Empty({ title, children, actions }: EmptyProps) {
  return (
    <div className="empty">
      <h2>{title}</h2>
      {children}
      {actions && <div className="actions">{actions}</div>}
    </div>
  )
}

interface ErrorBoxProps {
  readonly error: ToldError
  readonly actions?: ReactNode
}

/** A failure as people need it: what happened, what to do, and a code to hand on. */
export function ErrorBox({ error, actions }: ErrorBoxProps) {
  const { t } = useTranslation()
  const copy = useCopy()
  const told = useToldError()(error)
  const [copied, setCopied] = useState(false)
  const hand = () =>
    copy(`${error.code}: ${error.message}`).then(
      () => setCopied(true),
      // The code stands beside the button, to be selected by hand.
      () => setCopied(false)
    )
  return (
    <div className="error-box selectable" role="alert">
      <p>{told.message}</p>
      <p className="quiet">{told.hint}</p>
      <div className="error-code">
        <code>{error.code}</code>
        <Button kind="quiet" onClick={() => void hand()}>
          {copied ? <Check aria-hidden /> : <Copy aria-hidden />} {t(copied ? 'copied' : 'copy')}
        </Button>
        {actions}
      </div>
    </div>
  )
}
