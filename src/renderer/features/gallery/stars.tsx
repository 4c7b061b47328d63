import { useTranslation } from 'react-i18next'
import './gallery.css'

const ALL = [1, 2, 3, 4, 5] as const

interface StarsProps {
  readonly value: number
  /** Without it the stars are only shown. */
  readonly onChange?: (value: number) => void
  readonly label?: string
}

/** Stars as every catalogue has them; a second click on the last one takes them away. */
export function Stars({ value, onChange, label }: StarsProps) {
  const { t } = useTranslation('gallery')
  if (!onChange) {
    return value === 0 ? null : (
      <span className="stars" role="img" aria-label={t('stars', { count: value })}>
        {'★'.repeat(value)}
      </span>
    )
  }
  return (
    <fieldset className="star-buttons" aria-label={label ?? t('rating')}>
      {ALL.map((each) => (
        <button
          key={each}
          type="button"
          aria-label={t('stars', { count: each })}
          aria-pressed={each <= value}
          onClick={() => onChange(each === value ? 0 : each)}
        >
          {each <= value ? '★' : '☆'}
        </button>
      ))}
    </fieldset>
  )
}
