import { useDeferredValue, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { LARGEST_SEED, MOST_ATTEMPTS } from '../../../domain/order.ts'
import { OWN_BACKDROP } from '../../../domain/parameters/background.ts'
import { CATALOGUE } from '../../../domain/parameters/parameters.ts'
import { useLibrary, useWork } from '../../state/mirror-context.ts'
import { useView } from '../../state/view.ts'
import { Disclosure } from '../../ui/disclosure.tsx'
import { TextArea, TextField } from '../../ui/fields.tsx'
import { isReady } from '../intake/chosen-face.ts'
import { useImports } from '../intake/import-store.ts'
import { orderedBackdrop, useDraft } from './draft-store.ts'
import { EnginePicker } from './engine-picker.tsx'
import { MakeBar } from './make-bar.tsx'
import { OwnBackdropChoice } from './own-backdrop-choice.tsx'
import { OwnBackdropFile } from './own-backdrop-file.tsx'
import { PresetBar } from './preset-bar.tsx'
import { PurposePicker } from './purpose-picker.tsx'
import { ResolutionPicker } from './resolution-picker.tsx'
import { StrictnessEditor } from './strictness-editor.tsx'
import { SwatchPicker } from './swatch-picker.tsx'
import { useSwatches } from './use-swatches.ts'
import { WordPickers } from './word-pickers.tsx'
import './parameters.css'

/** The one whose picture is a file of the photographer's own has an entry of its own. */
const BACKGROUNDS = CATALOGUE.background.map(({ id }) => id).filter((id) => id !== OWN_BACKDROP)
const OWN = [OWN_BACKDROP]
const NONE: readonly string[] = []
const LIGHTINGS = CATALOGUE.lighting.map(({ id }) => id)

/** Everything one can ask of a portrait. */
export function ParametersPanel() {
  const { t } = useTranslation('parameters')
  const photoId = useView((view) => view.photoId)
  const photo = useLibrary((library) => library.photos.get(photoId ?? ''))
  const ready = photo !== undefined && isReady(photo)
  const { parameters } = useDraft((state) => state.draft)
  const setParameters = useDraft((state) => state.setParameters)
  const { background, lighting } = parameters
  // The chosen one comes first: it is what the eye looks for.
  const firstChosen = useMemo(
    () => [...new Set([background, ...BACKGROUNDS])].filter((id) => BACKGROUNDS.some((each) => each === id)),
    [background]
  )
  const backdrop = useDraft((state) => state.backdrop)
  const ordered = useDraft(orderedBackdrop)
  // A photo that comes in is looked at first; the sample's pictures can wait.
  const importing = useImports((state) => state.imports.length > 0)
  const waits = !ready && importing
  const shownPhoto = ready ? photoId : null
  const backgrounds = useSwatches({ photoId: shownPhoto, of: 'background', ids: waits ? NONE : firstChosen })
  const own = useSwatches({ photoId: shownPhoto, of: 'background', ids: waits || !backdrop ? NONE : OWN, backdrop })
  const lights = useSwatches({
    photoId: shownPhoto,
    of: 'lighting',
    ids: waits ? NONE : LIGHTINGS,
    ...(ordered === 'missing' ? {} : { background, backdrop: ordered })
  })
  const note = t(ready ? 'onPhoto' : 'onSample')
  // What lies below the edge of most windows is drawn after what is seen first.
  const isWhole = useDeferredValue(true, false)
  return (
    <div className="parameters">
      <div className="parameters-scroll">
        <PresetBar />
        <div className="section parameters-section">
          <PurposePicker value={parameters.purpose} onChange={(purpose) => setParameters({ purpose })} />
          <SwatchPicker
            name="background"
            label={t('background')}
            ids={BACKGROUNDS}
            value={background}
            swatches={backgrounds}
            firstShown={9}
            note={note}
            onChange={(chosen) => setParameters({ background: chosen })}
          >
            <OwnBackdropChoice swatch={own.get(OWN_BACKDROP)} />
          </SwatchPicker>
          {ordered !== null && <OwnBackdropFile swatch={own.get(OWN_BACKDROP)} />}
          {isWhole && (
            <>
              <SwatchPicker
                name="lighting"
                label={t('lighting')}
                ids={LIGHTINGS}
                value={lighting}
                swatches={lights}
                firstShown={6}
                note={note}
                onChange={(chosen) => setParameters({ lighting: chosen })}
              />
              <WordPickers parameters={parameters} onChange={setParameters} />
              <ResolutionPicker
                purpose={parameters.purpose}
                value={parameters.resolution}
                onChange={(resolution) => setParameters({ resolution })}
              />
              <TextArea
                label={t('notes')}
                value={parameters.notes}
                maxLength={2000}
                dir="auto"
                placeholder={t('notesExample')}
                onChange={(event) => setParameters({ notes: event.target.value })}
              />
            </>
          )}
        </div>
        {isWhole && <Advanced />}
      </div>
      <MakeBar />
    </div>
  )
}

function Advanced() {
  const { t } = useTranslation('parameters')
  const draft = useDraft((state) => state.draft)
  const change = useDraft((state) => state.change)
  const usual = useWork((work) => work.studio?.maxAttempts)
  const changed = Object.keys(draft.strictness).length
  const whole = (text: string, most: number, least: number) => {
    const number = Number.parseInt(text, 10)
    return Number.isNaN(number) ? null : Math.min(most, Math.max(least, number))
  }
  return (
    <div className="section parameters-section">
      <Disclosure title={t('engine')} summary={draft.engines.generator ?? t('automatic')}>
        <EnginePicker port="generator" />
        <EnginePicker port="vlm" />
      </Disclosure>
      <Disclosure title={t('attemptsAndSeed')} summary={draft.seed === null ? '' : String(draft.seed)}>
        <div className="two-fields">
          <TextField
            label={t('attempts')}
            inputMode="numeric"
            placeholder={usual === undefined ? '' : String(usual)}
            value={draft.attempts ?? ''}
            onChange={(event) => change({ attempts: whole(event.target.value, MOST_ATTEMPTS, 1) })}
          />
          <TextField
            label={t('seed')}
            inputMode="numeric"
            placeholder={t('freshSeed')}
            value={draft.seed ?? ''}
            onChange={(event) => change({ seed: whole(event.target.value, LARGEST_SEED, 0) })}
          />
        </div>
        <p className="quiet">{t('seedHint')}</p>
      </Disclosure>
      <Disclosure
        title={t('strictness')}
        summary={changed === 0 ? t('level.normal') : t('changed', { count: changed })}
      >
        <StrictnessEditor />
      </Disclosure>
    </div>
  )
}
