import type { DeliveryProfile } from '../../domain/delivery-profile.ts'
import type { GenerateRequest } from '../../domain/engine.ts'
import { backdropOf, entryOf } from '../../domain/parameters/parameters.ts'
import { say } from '../../domain/sentences/say.ts'
import type { Composition } from './composition.ts'
import type { CropPlan, CropSettings } from './crop.ts'
import type { TouchedSide } from './touched-sides.ts'

/** A head this many times as high as asked for is a tighter crop that a photographer should know of. */
const TIGHTER = 1.04

/** What making it showed of the photo. */
interface Seen extends Pick<Composition, 'isMonochrome' | 'backdropNotes'> {
  /** Where somebody else touches the person within the frame. */
  readonly touched: readonly TouchedSide[]
}

/** What the photographer should know of how this portrait was made. */
export function notesOf(
  { references, parameters }: Pick<GenerateRequest, 'references' | 'parameters'>,
  { isMonochrome, backdropNotes, touched }: Seen,
  plan: CropPlan,
  profile: DeliveryProfile,
  settings: CropSettings
): string[] {
  const notes: string[] = []
  if (references.length > 1) notes.push(say('first-photo-used', { count: references.length }))
  if (plan.headHeight > TIGHTER * profile.headHeight * settings['crop.headScale']) {
    notes.push(say('crop-tighter'))
  }
  if (plan.cutsFace) {
    notes.push(say('edge-cuts-face'))
  }
  const sides = [...new Set(plan.visibleCuts.map((cut) => cut.side))]
  if (sides.length > 0) {
    notes.push(say('photo-cuts-off', { sides: sides.join(', ') }))
  }
  if (touched.length > 0) {
    notes.push(say('touched-by-others', { sides: touched.join(', ') }))
  }
  const background = entryOf('background', parameters.background)
  if (background?.builtIn.support === 'partial') {
    notes.push(say('no-place-but', { words: background.label, does: background.builtIn.does }))
  } else if (backdropOf(parameters.background) === undefined) {
    notes.push(say('no-place-at-all', { words: parameters.background }))
  }
  notes.push(...backdropNotes)
  if (isMonochrome) notes.push(say('black-and-white'))
  return notes
}
