import { useTranslation } from 'react-i18next'
import type { Outcome } from '../../domain/criterion.ts'
import './controls.css'

const MARKS: Readonly<Record<Outcome, { readonly sign: string; readonly look: 'passed' | 'failed' | 'open' }>> = {
  passed: { sign: '✓', look: 'passed' },
  failed: { sign: '✕', look: 'failed' },
  undecided: { sign: '?', look: 'failed' },
  'not-attempted': { sign: '–', look: 'open' },
  advisory: { sign: '–', look: 'open' }
}

/** Passed, failed or neither: never told by colour alone. */
export function Mark({ outcome }: { readonly outcome: Outcome }) {
  const { t } = useTranslation('criteria')
  const { sign, look } = MARKS[outcome]
  return (
    <span className="mark" data-outcome={look} role="img" aria-label={t(`outcome.${outcome}`)}>
      {sign}
    </span>
  )
}
