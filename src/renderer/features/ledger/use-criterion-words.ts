import { useTranslation } from 'react-i18next'
import type { Criterion, CriterionId } from '../../../domain/criterion.ts'
import { criterionKey } from '../../language/domain-words.ts'
import { useFormat } from '../../language/format.ts'

const CLOSE: ReadonlySet<string> = new Set(['%', '°'])

interface CriterionWords {
  readonly name: (id: CriterionId) => string
  /** `41 %`; empty where nothing was measured. */
  readonly value: (criterion: Criterion) => string
  /** `30–48 %`; empty where there is no limit. */
  readonly limit: (criterion: Criterion) => string
}

export function useCriterionWords(): CriterionWords {
  const { t } = useTranslation('criteria')
  const { figure } = useFormat()
  const unitOf = ({ unit }: Criterion) => {
    const word = t(`unit.${unit}`, { defaultValue: unit })
    return word === '' || CLOSE.has(word) ? word : ` ${word}`
  }
  return {
    name: (id) => t(`name.${criterionKey(id)}`, { defaultValue: id }),
    value: (criterion) => (criterion.value === null ? '' : figure(criterion.value) + unitOf(criterion)),
    limit: (criterion) => {
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
