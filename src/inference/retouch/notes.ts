import type { DeliveryProfile } from '../../domain/delivery-profile.ts'
import type { GenerateRequest } from '../../domain/engine.ts'
import { backdropOf, entryOf } from '../../domain/parameters/parameters.ts'
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
  if (references.length > 1) notes.push(`The first of ${references.length} reference photos was used.`)
  if (plan.headHeight > TIGHTER * profile.headHeight * settings['crop.headScale']) {
    notes.push(
      'The crop is tighter than the purpose asks for, to leave out where the photo ends or somebody else touches the person.'
    )
  }
  if (plan.cutsFace) {
    notes.push("The photo's edge cuts the face or ends right beside it. Use a photo that shows the whole head.")
  }
  const sides = [...new Set(plan.visibleCuts.map((cut) => cut.side))]
  if (sides.length > 0) {
    notes.push(`The photo cuts the person off (${sides.join(', ')}); they fade out there.`)
  }
  if (touched.length > 0) {
    notes.push(
      `Somebody else touches the person (${touched.join(', ')}). The line between them is estimated: look there for what is not theirs, or is missing.`
    )
  }
  const background = entryOf('background', parameters.background)
  if (background?.builtIn.support === 'partial') {
    notes.push(`There is no place for "${background.label}": the built-in engine ${background.builtIn.does}.`)
  } else if (backdropOf(parameters.background) === undefined) {
    notes.push(`There is no place for "${parameters.background}"; a grey studio backdrop stands in.`)
  }
  notes.push(...backdropNotes)
  if (isMonochrome) notes.push('The photo is black and white, and so is the portrait.')
  return notes
}
