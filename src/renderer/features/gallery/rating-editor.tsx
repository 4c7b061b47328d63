import { Flag, FlagOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { COLOUR_LABELS, type Rating } from '../../../domain/rating.ts'
import { IconButton } from '../../ui/button.tsx'
import { Stars } from './stars.tsx'
import './gallery.css'

interface RatingEditorProps {
  readonly rating: Rating
  readonly onChange: (change: Partial<Rating>) => void
}

/** Stars, flag and colour; what is set is pressed, and pressing it again takes it away. */
export function RatingEditor({ rating, onChange }: RatingEditorProps) {
  const { t } = useTranslation('gallery')
  const flag = (value: 'pick' | 'reject') => onChange({ flag: rating.flag === value ? 'none' : value })
  return (
    <div className="rating-editor">
      <Stars value={rating.stars} onChange={(stars) => onChange({ stars })} />
      <span className="rating-flags">
        <IconButton
          icon={Flag}
          label={t('flag.pick')}
          aria-pressed={rating.flag === 'pick'}
          onClick={() => flag('pick')}
        />
        <IconButton
          icon={FlagOff}
          label={t('flag.reject')}
          aria-pressed={rating.flag === 'reject'}
          onClick={() => flag('reject')}
        />
      </span>
      <fieldset className="label-buttons" aria-label={t('colour')}>
        {COLOUR_LABELS.map((label) => (
          <button
            key={label}
            type="button"
            className="label-dot"
            data-label={label}
            title={t(`label.${label}`)}
            aria-label={t(`label.${label}`)}
            aria-pressed={rating.label === label}
            onClick={() => onChange({ label: rating.label === label ? 'none' : label })}
          />
        ))}
      </fieldset>
    </div>
  )
}
