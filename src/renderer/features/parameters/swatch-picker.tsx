import { RadioGroup } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Swatch } from '../../../contract/studio/studio-calls.ts'
import { backdropOf, CATALOGUE } from '../../../domain/parameters/parameters.ts'
import { usePictures } from '../../state/mirror-context.ts'
import { Button } from '../../ui/button.tsx'
import { Picture } from '../../ui/picture.tsx'
import { FreeText } from './free-text.tsx'
import { useChoiceWords } from './use-choice-words.ts'
import './parameters.css'

interface SwatchPickerProps {
  readonly name: 'background' | 'lighting'
  readonly label: string
  readonly ids: readonly string[]
  readonly value: string
  readonly onChange: (value: string) => void
  readonly swatches: ReadonlyMap<string, Swatch>
  /** Shown while more are hidden. */
  readonly firstShown: number
  /** Said above them, e.g. whom the pictures show. */
  readonly note?: string | null
  /** A choice after those of the catalogue. */
  readonly children?: ReactNode
}

/** Choices as pictures, of this person where the engine can; own words below. */
export function SwatchPicker(props: SwatchPickerProps) {
  const { name, label, ids, value, onChange, swatches, firstShown, note, children } = props
  const { t } = useTranslation('parameters')
  const words = useChoiceWords()
  const [all, setAll] = useState(false)
  const at = ids.indexOf(value)
  const shown = all ? ids : at >= firstShown ? [...ids.slice(0, firstShown - 1), value] : ids.slice(0, firstShown)
  return (
    <fieldset className="picker">
      <legend className="picker-label">
        {label} <span className="quiet">{words(name, value)}</span>
      </legend>
      {note && <p className="quiet picker-note one-line">{note}</p>}
      <RadioGroup.Root
        className="swatches"
        aria-label={label}
        value={value}
        onValueChange={onChange}
        orientation="horizontal"
      >
        {shown.map((id) => (
          <RadioGroup.Item key={id} value={id} className="swatch" title={titleOf(name, id)}>
            <SwatchPicture swatch={swatches.get(id)} colour={name === 'background' ? colourOf(id) : undefined} />
            <span className="swatch-name one-line">{words(name, id)}</span>
          </RadioGroup.Item>
        ))}
        {children}
      </RadioGroup.Root>
      <div className="picker-foot">
        {ids.length > firstShown && (
          <Button kind="quiet" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? t('fewer') : t('allChoices', { count: ids.length })}
          </Button>
        )}
        <FreeText name={name} label={label} value={value} onChange={onChange} />
      </div>
    </fieldset>
  )
}

function titleOf(name: 'background' | 'lighting', id: string): string | undefined {
  return CATALOGUE[name].find((entry) => entry.id === id)?.builtIn.does
}

/** Backgrounds of one colour show it even without the person. */
function colourOf(id: string): string | undefined {
  const backdrop = backdropOf(id)
  return backdrop && 'colour' in backdrop ? backdrop.colour : undefined
}

interface SwatchPictureProps {
  /** Undefined while it is being made. */
  readonly swatch: Swatch | undefined
  readonly colour?: string | undefined
}

export function SwatchPicture({ swatch, colour }: SwatchPictureProps): ReactNode {
  const { address } = usePictures()
  if (swatch === undefined) return <span className="swatch-picture skeleton" />
  if (swatch.key === null) {
    return <span className="swatch-picture" {...(colour !== undefined && { style: { background: colour } })} />
  }
  return (
    <span className="swatch-picture">
      <Picture src={address({ kind: 'swatch', key: swatch.key })} alt="" fit="cover" />
    </span>
  )
}
