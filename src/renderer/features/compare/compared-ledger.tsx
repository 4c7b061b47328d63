import { useTranslation } from 'react-i18next'
import type { CriterionId } from '../../../domain/criterion.ts'
import { Mark } from '../../ui/mark.tsx'
import { useCriterionWords } from '../ledger/use-criterion-words.ts'
import { alignedLedgers } from './aligned-ledgers.ts'
import type { Candidate } from './candidates.ts'
import './compare.css'

interface ComparedLedgerProps {
  readonly panes: readonly Candidate[]
  readonly titles: readonly string[]
  readonly active: CriterionId | null
  readonly onActive: (id: CriterionId | null) => void
}

/** The ledgers of what is compared, row beside row; the better value is marked. */
export function ComparedLedger({ panes, titles, active, onActive }: ComparedLedgerProps) {
  const { t } = useTranslation('compare')
  const words = useCriterionWords()
  const rows = alignedLedgers(panes.map((pane) => pane.judgement))
  if (rows.length === 0) return <p className="quiet">{t('nothingMeasured')}</p>
  return (
    <table className="compared">
      <thead>
        <tr>
          <th scope="col">
            <span className="unseen">{t('criterion')}</span>
          </th>
          {titles.map((title, index) => (
            <th key={panes[index]?.key} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody onPointerLeave={() => onActive(null)}>
        {rows.map(({ id, cells, best }) => (
          <tr key={id} data-active={active === id} onPointerEnter={() => onActive(id)}>
            <th scope="row">
              <button
                type="button"
                className="compared-name"
                aria-pressed={active === id}
                onFocus={() => onActive(id)}
                onBlur={() => onActive(null)}
                onClick={() => onActive(active === id ? null : id)}
              >
                {words.name(id)}
              </button>
            </th>
            {cells.map((cell, index) => (
              <td key={panes[index]?.key} data-best={best.includes(index)}>
                {cell && (
                  <>
                    <Mark outcome={cell.outcome} /> {words.value(cell)}
                    {best.includes(index) && (
                      <span className="better">
                        {' '}
                        ▲<span className="unseen">{t('better')}</span>
                      </span>
                    )}
                  </>
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
