import type { Point } from '../../domain/geometry.ts'
import type { AnalysedFace } from '../faces/face.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { resize } from '../pixels/resample.ts'
import { contactsOf } from './contacts.ts'
import { type MatteSettings, matteField, renderMatte } from './matte-field.ts'
import { faceSize, mapPerson, type PersonMaps } from './person-maps.ts'
import { claimPerson } from './separation.ts'
import { silhouette } from './silhouette.ts'

/** One person in a picture, coarse: masks of 1 channel, 0..1, on one grid over the whole picture. */
export interface PersonView {
  /** Grid pixels per pixel of the picture. */
  readonly scale: number
  /** The person, before the outline is refined against the pixels. */
  readonly outline: Raster
  readonly hair: Raster
  readonly faceSkin: Raster
  readonly bodySkin: Raster
  /** Hair, face and what is worn on the head. */
  readonly head: Raster
  /** Where somebody else touches the person, pixels of the picture. */
  readonly contacts: readonly Point[]
}

/**
 * @param faces all faces of the picture: what belongs to others is left out of the person
 * @throws StudioError `model-missing`, `model-damaged`
 */
export async function viewPerson(
  raster: Raster,
  face: AnalysedFace,
  faces: readonly AnalysedFace[]
): Promise<PersonView> {
  const maps = await mapPerson(raster, face)
  const claim = claimPerson(face, faces, maps, raster)
  const outline = silhouette(face, maps, claim)
  const own = (plane: Float32Array) => ownPart(plane, outline, maps)
  return {
    scale: maps.scale,
    outline,
    hair: own(maps.hair),
    faceSkin: own(maps.faceSkin),
    bodySkin: own(maps.bodySkin),
    head: own(headOf(maps)),
    contacts: contactsOf(maps, claim, outline)
  }
}

function headOf({ hair, faceSkin, other }: PersonMaps): Float32Array {
  const head = new Float32Array(hair.length)
  for (let at = 0; at < head.length; at++)
    head[at] = Math.min(1, (hair[at] ?? 0) + (faceSkin[at] ?? 0) + (other[at] ?? 0))
  return head
}

function ownPart(plane: Float32Array, outline: Raster, { width, height }: PersonMaps): Raster {
  const own = createRaster(width, height, 1)
  for (let at = 0; at < own.data.length; at++) own.data[at] = (plane[at] ?? 0) * (outline.data[at] ?? 0)
  return own
}

/** One person cut out of a picture; masks of 1 channel, 0..1, as large as the picture. */
export interface PersonMatte {
  readonly alpha: Raster
  readonly hair: Raster
  /** Skin of the face and of the body. */
  readonly skin: Raster
  readonly faceSkin: Raster
}

/**
 * The matte of the person with this face.
 * @param faces all faces of the picture, the person's among them
 * @throws StudioError `model-missing`, `model-damaged`
 */
export async function estimateMatte(
  raster: Raster,
  face: AnalysedFace,
  settings: MatteSettings,
  faces: readonly AnalysedFace[] = [face]
): Promise<PersonMatte> {
  const view = await viewPerson(raster, face, faces)
  const enlarge = (mask: Raster) => resize(mask, raster.width, raster.height)
  const hair = enlarge(view.hair)
  const faceSkin = enlarge(view.faceSkin)
  const bodySkin = enlarge(view.bodySkin)
  const field = matteField(raster, enlarge(view.outline), hair, faceSize(face), settings)
  const skin = faceSkin.data.map((value, at) => Math.min(1, value + (bodySkin.data[at] ?? 0)))
  return { alpha: renderMatte(field, raster), hair, skin: { ...faceSkin, data: skin }, faceSkin }
}
