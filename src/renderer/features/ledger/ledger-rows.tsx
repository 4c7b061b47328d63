import { useTranslation } from 'react-i18next'
import type { Criterion } from '../../../domain/criterion.ts'
import { useTold } from '../../language/told.ts'
import { Mark } from '../../ui/mark.tsx'
import { failedFirst } from './outcome-order.ts'
import { useCriterionWords } from './use-criterion-words.ts'
import './ledger.css'

interface LedgerRowsProps {
  readonly ledger: readonly Criterion[]
  /** The row that is drawn on the picture. */
  readonly active: Criterion['id'] | null
  readonly onActive: (id: Criterion['id'] | null) => void
}

/** Every measurement with its value and its limit, what failed first. Hover or focus draws a row on the picture. */
export function LedgerRows({ ledger, active, onActive }: LedgerRowsProps) {
  const { t } = useTranslation('criteria')
  return (
    <ul className="ledger" onPointerLeave={() => onActive(null)}>
      {failedFirst(ledger).map((criterion) => (
        <li key={criterion.id}>
          <LedgerRow criterion={criterion} active={active === criterion.id} onActive={onActive} />
        </li>
      ))}
      {ledger.length === 0 && <li className="quiet">{t('noneYet')}</li>}
    </ul>
  )
}

interface LedgerRowProps {
  readonly criterion: Criterion
  readonly active: boolean
  readonly onActive: LedgerRowsProps['onActive']
}

function LedgerRow({ criterion, active, onActive }: LedgerRowProps) {
  const words = useCriterionWords()
  const told = useTold()
  const limit = words.limit(criterion)
  return (
    <button
      type="button"
      className="ledger-row"
      data-active={active}
      aria-pressed={active}
      title={told(criterion.question)}
      onPointerEnter={() => onActive(criterion.id)}
      onFocus={() => onActive(criterion.id)}
      onBlur={() => onActive(null)}
      onClick={() => onActive(active ? null : criterion.id)}
    >
      <Mark outcome={criterion.outcome} />
      <span className="ledger-name">{words.name(criterion.id)}</span>
      <span className="ledger-value">{words.value(criterion)}</span>
      <span className="ledger-limit">{limit}</span>
      {criterion.note && <span className="ledger-note">{told(criterion.note)}</span>}
    </button>
  )
}
