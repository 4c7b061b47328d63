import { StudioError } from '../../domain/errors.ts'
import type { Reference } from '../../domain/job.ts'
import type { PhotoInspection } from '../../domain/photo.ts'

/** A reference that has been looked at and in which one person is meant. */
export interface InspectedReference extends Reference {
  readonly face: number
  readonly inspection: PhotoInspection
}

/** The reference with what was seen in it; the only face of a photo needs no choosing. */
export function withInspection(reference: Reference, inspection: PhotoInspection): Reference {
  const only = inspection.faces.length === 1 ? 0 : null
  return { ...reference, inspection, face: reference.face ?? only }
}

/**
 * @throws StudioError `face-none`, `face-several` or `face-choice-invalid`; the details name the photo and list its faces.
 */
export function requireChosenFace(reference: Reference, index: number): InspectedReference {
  const { name, face, inspection } = reference
  if (inspection === null) throw new StudioError('internal', `"${name}" was not inspected.`)
  const { faces } = inspection
  const details = { reference: index, name, faces }
  if (faces.length === 0) throw new StudioError('face-none', `There is no face in "${name}".`, { details })
  if (face === null) throw new StudioError('face-several', `There are ${faces.length} faces in "${name}".`, { details })
  if (face >= faces.length) {
    const message = `Face ${face + 1} was chosen in "${name}", which has ${faces.length}.`
    throw new StudioError('face-choice-invalid', message, { details })
  }
  return { ...reference, face, inspection }
}
