import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useToldError } from '../../language/told.ts'
import { useLibrary, useMirror } from '../../state/mirror-context.ts'
import { IconButton } from '../../ui/button.tsx'
import './intake.css'

/** Files that could not be taken, each with the reason and what to do. */
export function RejectedTray() {
  const { t } = useTranslation('intake')
  const { library } = useMirror()
  const told = useToldError()
  const rejected = useLibrary((state) => state.rejected)
  if (rejected.length === 0) return null
  return (
    <section className="tray" aria-label={t('rejected', { count: rejected.length })}>
      <header>
        <h3>{t('rejected', { count: rejected.length })}</h3>
        <IconButton icon={X} label={t('emptyTray')} onClick={() => library.emptyTray()} />
      </header>
      <ul>
        {rejected.map(({ number, name, path, error }) => (
          <li key={number} title={path ?? undefined}>
            <span className="mark" data-outcome="failed" aria-hidden>
              ✕
            </span>
            <span>
              <bdi>{name}</bdi>: {told(error).message}
            </span>
            <span className="quiet">{told(error).hint}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
