import { RadioGroup } from 'radix-ui'
import { useTranslation } from 'react-i18next'
import { DELIVERY_PROFILES, type DeliveryProfile } from '../../../domain/delivery-profile.ts'
import { PURPOSES, type PurposeId } from '../../../domain/parameters/purpose.ts'
import { useChoiceWords } from './use-choice-words.ts'
import './parameters.css'

interface PurposePickerProps {
  readonly value: PurposeId
  readonly onChange: (value: PurposeId) => void
}

/** What the portrait is for, each with its crop drawn to scale. */
export function PurposePicker({ value, onChange }: PurposePickerProps) {
  const { t } = useTranslation('parameters')
  const words = useChoiceWords()
  const { notice } = DELIVERY_PROFILES[value]
  const choose = (chosen: string) => {
    const purpose = PURPOSES.find((each) => each.id === chosen)
    if (purpose) onChange(purpose.id)
  }
  return (
    <fieldset className="picker">
      <legend className="picker-label">{t('purpose')}</legend>
      <RadioGroup.Root
        className="purposes"
        aria-label={t('purpose')}
        value={value}
        onValueChange={choose}
        orientation="horizontal"
      >
        {PURPOSES.map(({ id }) => (
          <RadioGroup.Item key={id} value={id} className="purpose">
            <CropDrawing profile={DELIVERY_PROFILES[id]} />
            <span className="swatch-name">{words('purpose', id).replace(/\s*\(.*\)$/, '')}</span>
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
      {notice && <p className="quiet">{t('notForDocuments')}</p>}
    </fieldset>
  )
}

/** Height of all drawings, so that their heads compare; a unit is a pixel. */
const HEIGHT = 56
/** A head is about three quarters as wide as it is high (Farkas, Anthropometry of the Head and Face, 1994). */
const HEAD_ASPECT = 0.74
/** Eyes lie half way down the head. */
const EYES = 0.5

function CropDrawing({ profile }: { readonly profile: DeliveryProfile }) {
  const { aspect, headHeight, eyeLine } = profile
  const width = HEIGHT * aspect
  const head = headHeight * HEIGHT
  const centre = (eyeLine + headHeight * (0.5 - EYES)) * HEIGHT
  const chin = centre + head / 2
  const shoulders = head * HEAD_ASPECT * 1.25
  const middle = width / 2
  return (
    <svg className="crop-drawing" width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true">
      <rect width={width} height={HEIGHT} className="crop-frame" />
      <path
        className="crop-person"
        d={`M${middle - shoulders} ${HEIGHT + head}V${chin + head * 0.42}q0 ${-head * 0.2} ${shoulders * 0.65} ${-head * 0.27}h${shoulders * 0.7}q${shoulders * 0.65} ${head * 0.07} ${shoulders * 0.65} ${head * 0.27}V${HEIGHT + head}z`}
      />
      <rect
        className="crop-person"
        x={middle - head * 0.17}
        y={chin - head * 0.2}
        width={head * 0.34}
        height={head * 0.45}
      />
      <ellipse className="crop-head" cx={middle} cy={centre} rx={(head * HEAD_ASPECT) / 2} ry={head / 2} />
      <line className="crop-eyes" x1="0" x2={width} y1={eyeLine * HEIGHT} y2={eyeLine * HEIGHT} />
    </svg>
  )
}
