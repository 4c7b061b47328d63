import type { Point } from '../../domain/geometry.ts'
import type { AnalysedFace } from '../faces/face.ts'
import { FACE_OVAL, LEFT_EYE, LIPS, RIGHT_EYE } from '../faces/mesh-indices.ts'
import { type Affine, apply, invert, similarity, warpAffine } from '../pixels/affine.ts'
import { labD65, toSrgbBytes } from '../pixels/colour.ts'
import type { Raster } from '../pixels/raster.ts'
import { type ClassMap, classAt } from './class-map.ts'
import { fillPolygon } from './polygon.ts'

/**
 * Every face is measured at one scale: 90 px between the eyes, which ICAO Doc 9303 asks of a portrait and ISO/IEC
 * 19794-5 calls the least of a full frontal image. A larger face is averaged down to it, a smaller one interpolated.
 */
export const EYE_DISTANCE = 90
export const PATCH_WIDTH = 224
export const PATCH_HEIGHT = 256
/** Height of the eyes in the patch. */
const EYE_ROW = 85

/** A face turned upright at the common scale, with what its pixels show. */
export interface FacePatch {
  /** 224 × 256, 8-bit sRGB, interleaved. */
  readonly bytes: Uint8Array
  /** L* (D65) of each pixel, 0..100. */
  readonly lightness: Float32Array
  /** 1 where the pixel is skin of the face: inside the oval, outside eyes and lips, and parsed as skin. */
  readonly skin: Uint8Array
  readonly skinCount: number
  /** Picture pixels per patch pixel; below 1 the face was interpolated. */
  readonly step: number
}

export function facePatch(raster: Raster, face: AnalysedFace, classes: ClassMap): FacePatch {
  const half = EYE_DISTANCE / 2
  const middle = PATCH_WIDTH / 2
  const eyes = [
    { x: middle - half, y: EYE_ROW },
    { x: middle + half, y: EYE_ROW }
  ]
  const transform = similarity(eyes, [face.rightEye, face.leftEye])
  const patch = warpAffine(raster, transform, PATCH_WIDTH, PATCH_HEIGHT)
  const { data } = patch
  const lightness = new Float32Array(PATCH_WIDTH * PATCH_HEIGHT)
  for (let i = 0; i < lightness.length; i++) {
    lightness[i] = labD65(data[3 * i] ?? 0, data[3 * i + 1] ?? 0, data[3 * i + 2] ?? 0).L
  }
  const skin = skinMask(face, classes, transform)
  let skinCount = 0
  for (const value of skin) skinCount += value
  return { bytes: toSrgbBytes(patch), lightness, skin, skinCount, step: Math.hypot(transform[0], transform[3]) }
}

/** Eyes and lips are cut out a little larger than their outlines, which run along the lids and the vermilion. */
const EYE_MARGIN = 1.6
const LIP_MARGIN = 1.15
/** With less of the oval parsed as skin than this the parsing is too coarse for the face, and the oval alone counts. */
const LEAST_PARSED = 0.25

function skinMask(face: AnalysedFace, classes: ClassMap, toPicture: Affine): Uint8Array {
  const inPatch = outlineIn(face, toPicture)
  const oval = new Uint8Array(PATCH_WIDTH * PATCH_HEIGHT)
  const size = { width: PATCH_WIDTH, height: PATCH_HEIGHT }
  fillPolygon(oval, size, inPatch(FACE_OVAL, 0.95), 1)
  fillPolygon(oval, size, inPatch(LEFT_EYE, EYE_MARGIN), 0)
  fillPolygon(oval, size, inPatch(RIGHT_EYE, EYE_MARGIN), 0)
  fillPolygon(oval, size, inPatch(LIPS, LIP_MARGIN), 0)
  const parsed = oval.slice()
  let inside = 0
  let kept = 0
  for (let i = 0; i < oval.length; i++) {
    if (oval[i] === 0) continue
    inside++
    const point = apply(toPicture, { x: (i % PATCH_WIDTH) + 0.5, y: Math.floor(i / PATCH_WIDTH) + 0.5 })
    if (classAt(classes, point) === 'face-skin') kept++
    else parsed[i] = 0
  }
  return kept < LEAST_PARSED * inside ? oval : parsed
}

/** Outlines of the mesh in patch coordinates, enlarged about their middle. */
function outlineIn(face: AnalysedFace, toPicture: Affine): (indices: readonly number[], margin: number) => Point[] {
  const toPatch = invert(toPicture)
  return (indices, margin) => {
    const points = indices.map((index) => apply(toPatch, face.mesh.points[index] ?? { x: 0, y: 0 }))
    const centre = {
      x: points.reduce((sum, point) => sum + point.x, 0) / points.length,
      y: points.reduce((sum, point) => sum + point.y, 0) / points.length
    }
    return points.map(({ x, y }) => ({ x: centre.x + (x - centre.x) * margin, y: centre.y + (y - centre.y) * margin }))
  }
}
