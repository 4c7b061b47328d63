import type { StudioPhoto } from '../../../domain/subject.ts'

/** Index of the person who is meant; the only face needs no choosing. Null while it is open. */
export function chosenFace({ face, inspection }: Pick<StudioPhoto, 'face' | 'inspection'>): number | null {
  if (face !== null) return face
  const [only, ...others] = inspection.faces
  return only && others.length === 0 ? only.index : null
}

/** Whether a portrait can be made of the photo as it is. */
export function isReady(photo: Pick<StudioPhoto, 'face' | 'inspection'>): boolean {
  return chosenFace(photo) !== null
}
