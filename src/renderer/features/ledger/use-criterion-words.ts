import { useTranslation } from 'react-i18next'
import type { Criterion, CriterionId } from '../../../domain/criterion.ts'
import { unitShown } from '../../../domain/figures.ts'
import { criterionKey } from '../../language/domain-words.ts'
import { useFormat } from '../../language/format.ts'

const CLOSE: ReadonlySet<string> = new Set(['%', '°'])
/** Symbols up to this long stay on the line of their figure; words may wrap. */
const SYMBOL = 4
const UNBROKEN = '\u00a0'

interface CriterionWords {
  readonly name: (id: CriterionId) => string
  /** `41 %`; empty where nothing was measured. */
  readonly value: (criterion: Criterion) => string
  /** `41`, the same without its unit. */
  readonly bareValue: (criterion: Criterion) => string
  /** `30–48 %`; empty where there is no limit. */
  readonly limit: (criterion: Criterion) => string
}

export function useCriterionWords(): CriterionWords {
  const { t } = useTranslation('criteria')
  const format = useFormat()
  const unitOf = (criterion: Criterion) => {
    const { unit } = unitShown(criterion.unit)
    const word = t(`unit.${unit}`, { defaultValue: unit })
    if (word === '' || CLOSE.has(unit)) return word
    return word.length > SYMBOL ? ` ${word}` : UNBROKEN + word.replace(' ', UNBROKEN)
  }
  const bareValue = ({ value, unit }: Criterion) => (value === null ? '' : format.figure(value * unitShown(unit).times))
  return {
    name: (id) => t(`name.${criterionKey(id)}`, { defaultValue: id }),
    value: (criterion) => (criterion.value === null ? '' : bareValue(criterion) + unitOf(criterion)),
    bareValue,
    limit: (criterion) => {
      const { times } = unitShown(criterion.unit)
      const figure = (value: number) => format.figure(value * times)
      const { min, max } = criterion.band
      const unit = unitOf(criterion)
      if (min !== undefined && max !== undefined) {
        if (min === -max) return t('plusMinus', { value: figure(max) + unit })
        return min === max ? `${figure(min)}${unit}` : t('between', { min: figure(min), max: figure(max) + unit })
      }
      if (min !== undefined) return t('atLeast', { value: figure(min) + unit })
      if (max !== undefined) return t('atMost', { value: figure(max) + unit })
      return ''
    }
  }
}
