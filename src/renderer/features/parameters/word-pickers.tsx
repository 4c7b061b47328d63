import { useTranslation } from 'react-i18next'
import { CATALOGUE, entryOf, type Parameters } from '../../../domain/parameters/parameters.ts'
import { Select } from '../../ui/select.tsx'
import { FreeText } from './free-text.tsx'
import { useChoiceWords } from './use-choice-words.ts'

type WordParameter = 'attire' | 'vibe' | 'mood'

interface WordPickersProps {
  readonly parameters: Parameters
  readonly onChange: (change: Partial<Parameters>) => void
}

/** What has no picture: clothes, expression and mood. */
export function WordPickers({ parameters, onChange }: WordPickersProps) {
  return (['attire', 'vibe', 'mood'] as const).map((name) => (
    <WordPicker key={name} name={name} value={parameters[name]} onChange={(value) => onChange({ [name]: value })} />
  ))
}

interface WordPickerProps {
  readonly name: WordParameter
  readonly value: string
  readonly onChange: (value: string) => void
}

function WordPicker({ name, value, onChange }: WordPickerProps) {
  const { t } = useTranslation('parameters')
  const words = useChoiceWords()
  const known = CATALOGUE[name].map((entry) => ({ value: entry.id, label: words(name, entry.id) }))
  const options = entryOf(name, value) ? known : [...known, { value, label: value }]
  return (
    <div className="word-picker">
      <Select label={t(name)} value={value} options={options} onChange={onChange} />
      <FreeText name={name} label={t(name)} value={value} onChange={onChange} />
    </div>
  )
}
