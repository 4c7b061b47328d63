import { useTranslation } from 'react-i18next'
import { DELIVERY_PROFILES, profileSize } from '../../../domain/delivery-profile.ts'
import { resolutionOf } from '../../../domain/parameters/parameters.ts'
import type { PurposeId } from '../../../domain/parameters/purpose.ts'
import { RESOLUTIONS, type ResolutionId } from '../../../domain/parameters/resolution.ts'
import { useFormat } from '../../language/format.ts'
import { Segments } from '../../ui/segments.tsx'

interface ResolutionPickerProps {
  readonly purpose: PurposeId
  readonly value: ResolutionId
  readonly onChange: (value: ResolutionId) => void
}

const PRINT_DPI = 300
const CM_PER_INCH = 2.54

/** Sizes, with what they mean on screen and on paper. */
export function ResolutionPicker({ purpose, value, onChange }: ResolutionPickerProps) {
  const { t } = useTranslation('parameters')
  const { figure } = useFormat()
  const { width, height } = profileSize(DELIVERY_PROFILES[purpose], resolutionOf(value).longEdge)
  const cm = (pixels: number) => figure(Math.round((pixels / PRINT_DPI) * CM_PER_INCH * 10) / 10)
  return (
    <fieldset className="picker">
      <legend className="picker-label">{t('resolution')}</legend>
      <Segments
        label={t('resolution')}
        value={value}
        onChange={onChange}
        options={RESOLUTIONS.map(({ id, label }) => ({ value: id, label }))}
      />
      <p className="quiet">{t('sizes', { width, height, printWidth: cm(width), printHeight: cm(height) })}</p>
    </fieldset>
  )
}
