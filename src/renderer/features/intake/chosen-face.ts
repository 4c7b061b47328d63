import { onlyFace } from '../../../domain/photo.ts'
import type { StudioPhoto } from '../../../domain/subject.ts'

/** Index of the person who is meant; the only face large enough for a portrait needs no choosing. Null while it is open. */
export function chosenFace({ face, inspection }: Pick<StudioPhoto, 'face' | 'inspection'>): number | null {
  return face ?? onlyFace(inspection.faces)
}

/** Whether a portrait can be made of the photo as it is. */
export function isReady(photo: Pick<StudioPhoto, 'face' | 'inspection'>): boolean {
  return chosenFace(photo) !== null
}
