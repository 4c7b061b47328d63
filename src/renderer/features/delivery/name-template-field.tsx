import { useTranslation } from 'react-i18next'
import { NAME_FIELDS, type NameField, templateProblems } from '../../../domain/delivery/name-template.ts'
import { TextField } from '../../ui/fields.tsx'
import './delivery.css'

interface NameTemplateFieldProps {
  readonly value: string
  readonly onChange: (value: string) => void
  /** What the first file would be called. */
  readonly example: string | undefined
}

const FIELDS = Object.keys(NAME_FIELDS) as NameField[]

/** How files are called: words in braces stand for what is known of each picture. */
export function NameTemplateField({ value, onChange, example }: NameTemplateFieldProps) {
  const { t } = useTranslation('delivery')
  const [problem] = templateProblems(value)
  return (
    <div>
      <TextField
        label={t('nameTemplate')}
        value={value}
        aria-invalid={problem !== undefined}
        maxLength={300}
        onChange={(event) => onChange(event.target.value)}
      />
      <div className="name-fields">
        {FIELDS.map((field) => (
          <button
            key={field}
            type="button"
            className="chip"
            title={t(`field.${field}`)}
            onClick={() => onChange(`${value}{${field}}`)}
          >
            {`{${field}}`}
          </button>
        ))}
      </div>
      <p className="quiet selectable" role="status">
        {problem === undefined ? (example ?? t('noExample')) : `✕ ${problem}`}
      </p>
    </div>
  )
}
