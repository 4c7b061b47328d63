import { useTranslation } from 'react-i18next'
import { ADJUSTABLE_CRITERIA, strictnessLevelSchema } from '../../../domain/strictness.ts'
import { Select } from '../../ui/select.tsx'
import { useCriterionWords } from '../ledger/use-criterion-words.ts'
import { useDraft } from './draft-store.ts'

/** How hard each measurement judges. */
export function StrictnessEditor() {
  const { t } = useTranslation('parameters')
  const words = useCriterionWords()
  const strictness = useDraft((state) => state.draft.strictness)
  const setStrictness = useDraft((state) => state.setStrictness)
  const options = strictnessLevelSchema.options.map((value) => ({ value, label: t(`level.${value}`) }))
  return (
    <ul className="strictness">
      {ADJUSTABLE_CRITERIA.map((id) => (
        <li key={id}>
          <span>{words.name(id)}</span>
          <Select
            label={t('strictnessOf', { name: words.name(id) })}
            labelled={false}
            value={strictness[id] ?? 'normal'}
            options={options}
            onChange={(level) => setStrictness(id, level)}
          />
        </li>
      ))}
    </ul>
  )
}
