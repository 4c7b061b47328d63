import { useTranslation } from 'react-i18next'
import type { Criterion } from '../../../domain/criterion.ts'
import { useTold } from '../../language/told.ts'
import { Mark } from '../../ui/mark.tsx'
import { failedFirst } from './outcome-order.ts'
import { useCriterionWords } from './use-criterion-words.ts'
import './ledger.css'

interface LedgerChipsProps {
  readonly ledger: readonly Criterion[]
  readonly active: Criterion['id'] | null
  readonly onActive: (id: Criterion['id'] | null) => void
}

/** The ledger of one attempt in little room: what failed with value and limit, what passed by name. */
export function LedgerChips({ ledger, active, onActive }: LedgerChipsProps) {
  const { t } = useTranslation('criteria')
  const words = useCriterionWords()
  const told = useTold()
  return (
    <ul className="chips" aria-label={t('ledger')}>
      {failedFirst(ledger).map((criterion) => {
        const value = words.value(criterion)
        const limit = words.limit(criterion)
        const failed = criterion.outcome === 'failed' || criterion.outcome === 'undecided'
        return (
          <li key={criterion.id}>
            <button
              type="button"
              className="chip"
              data-failed={failed}
              aria-pressed={active === criterion.id}
              title={[value, told([criterion.question, criterion.note].join(' '))].filter(Boolean).join(' ')}
              onPointerEnter={() => onActive(criterion.id)}
              onPointerLeave={() => onActive(null)}
              onFocus={() => onActive(criterion.id)}
              onBlur={() => onActive(null)}
            >
              <Mark outcome={criterion.outcome} />
              {words.name(criterion.id)}
              {failed && value !== '' && <span className="chip-value">{value}</span>}
              {failed && limit !== '' && <span className="quiet">{t('want', { limit })}</span>}
            </button>
          </li>
        )
      })}
    </ul>
  )
}
