import { StudioError } from '../../domain/errors.ts'
import type { Reference } from '../../domain/job.ts'
import { onlyFace, type PhotoInspection } from '../../domain/photo.ts'
import { say } from '../../domain/sentences/say.ts'

/** A reference that has been looked at and in which one person is meant. */
export interface InspectedReference extends Reference {
  readonly face: number
  readonly inspection: PhotoInspection
}

/** The reference with what was seen in it; the only face large enough for a portrait needs no choosing. */
export function withInspection(reference: Reference, inspection: PhotoInspection): Reference {
  return { ...reference, inspection, face: reference.face ?? onlyFace(inspection.faces) }
}

/**
 * @throws StudioError `face-none`, `face-several` or `face-choice-invalid`; the details name the photo and list its faces.
 */
export function requireChosenFace(reference: Reference, index: number): InspectedReference {
  const { name, face, inspection } = reference
  if (inspection === null) throw new StudioError('internal', `"${name}" was not inspected.`)
  const { faces } = inspection
  const details = { reference: index, name, faces }
  if (faces.length === 0) throw new StudioError('face-none', say('error-no-face-in', { file: name }), { details })
  if (face === null) {
    const hint = `Choose the person with --face N, or crop the photo to one person. From the left: ${listed(inspection)}.`
    throw new StudioError('face-several', say('error-faces-in', { count: faces.length, file: name }), { hint, details })
  }
  if (face >= faces.length) {
    const message = say('error-face-of', { number: face + 1, file: name, count: faces.length })
    const hint = `Choose one of these, from the left: ${listed(inspection)}.`
    throw new StudioError('face-choice-invalid', message, { hint, details })
  }
  return { ...reference, face, inspection }
}

/** More than these nobody reads; the details have all. */
const MOST_LISTED = 12

/** "1 at 20 % of the width (180 pixels wide), 2 at …", numbered as people count. */
function listed({ faces, width }: PhotoInspection): string {
  const places = faces.slice(0, MOST_LISTED).map(({ index, box }) => {
    const share = Math.round((100 * (box.x + box.width / 2)) / width)
    return `${index + 1} at ${share} % of the width (${Math.round(box.width)} pixels wide)`
  })
  return [...places, ...(faces.length > MOST_LISTED ? ['and so on'] : [])].join(', ')
}
