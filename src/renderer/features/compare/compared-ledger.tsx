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
  // Four values have no room beside their name.
  const named = panes.length > 2 ? 'above' : 'beside'
  const columns = panes.length + (named === 'beside' ? 1 : 0)
  return (
    <table className="compared" onPointerLeave={() => onActive(null)}>
      <thead>
        <tr>
          {named === 'beside' && (
            <th scope="col">
              <span className="unseen">{t('criterion')}</span>
            </th>
          )}
          {titles.map((title, index) => (
            <th key={panes[index]?.key} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      {rows.map(({ id, cells, best }) => {
        const name = (
          <th scope={named === 'above' ? 'rowgroup' : 'row'} colSpan={named === 'above' ? columns : 1}>
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
        )
        return (
          <tbody key={id} data-named={named} data-active={active === id} onPointerEnter={() => onActive(id)}>
            {named === 'above' && <tr>{name}</tr>}
            <tr>
              {named === 'beside' && name}
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
          </tbody>
        )
      })}
    </table>
  )
}
