import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { AskDialog } from './ask-dialog.tsx'

interface ConsentDialogProps {
  readonly title: string
  readonly action: string
  readonly onConsent: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}

/** Asks for a consent that the studio must have before it goes on, such as to a licence. */
export function ConsentDialog({ children, onConsent, ...words }: ConsentDialogProps) {
  const { t } = useTranslation()
  const description = <div className="dialog-body">{children}</div>
  return <AskDialog {...words} description={description} cancel={t('cancel')} kind="main" onAction={onConsent} />
}
