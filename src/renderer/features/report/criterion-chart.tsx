import { useTranslation } from 'react-i18next'
import type { Criterion } from '../../../domain/criterion.ts'
import { useCriterionWords } from '../ledger/use-criterion-words.ts'
import { chartScale } from './chart-scale.ts'
import './report.css'

interface CriterionChartProps {
  /** One for each attempt; null where it was not measured. */
  readonly values: readonly (Criterion | null)[]
}

const WIDTH = 220
const HEIGHT = 64
const MARGIN = 12

/** The attempts of a job against one limit: the grey field is what passes. */
export function CriterionChart({ values }: CriterionChartProps) {
  const { t } = useTranslation(['report', 'criteria'])
  const words = useCriterionWords()
  const first = values.find((value) => value !== null)
  if (!first) return null
  const measured = values.flatMap((criterion, index) =>
    criterion?.value == null ? [] : [{ criterion, index, value: criterion.value }]
  )
  const y = chartScale(
    measured.map(({ value }) => value),
    first.band,
    HEIGHT,
    MARGIN
  )
  const x = (index: number) => MARGIN + ((WIDTH - 2 * MARGIN) * (index + 0.5)) / values.length
  const top = first.band.max === undefined ? 0 : y(first.band.max)
  const bottom = first.band.min === undefined ? HEIGHT : y(first.band.min)
  const told = measured
    .map(({ criterion, index }) => t('chartValue', { number: index + 1, value: words.value(criterion) }))
    .join('; ')
  return (
    <figure className="chart">
      <figcaption>
        <h3>{words.name(first.id)}</h3>
        <span className="quiet">{t('criteria:want', { limit: words.limit(first) })}</span>
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={told}>
        <rect className="chart-band" x="0" width={WIDTH} y={top} height={Math.max(1, bottom - top)} />
        <polyline
          className="chart-line"
          points={measured.map(({ index, value }) => `${x(index)},${y(value)}`).join(' ')}
        />
        {measured.map(({ criterion, index, value }) => (
          <g key={index}>
            <text
              className="chart-mark"
              data-outcome={criterion.outcome === 'passed' ? 'passed' : 'failed'}
              x={x(index)}
              y={y(value) + 4}
            >
              {criterion.outcome === 'passed' ? '✓' : '✕'}
            </text>
            <text className="chart-value" x={x(index) + 9} y={y(value) + 4}>
              {words.bareValue(criterion)}
            </text>
          </g>
        ))}
      </svg>
    </figure>
  )
}
