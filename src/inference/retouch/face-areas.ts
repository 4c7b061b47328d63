import type { Size } from '../../domain/geometry.ts'
import type { AnalysedFace } from '../faces/face.ts'
import { LEFT_EYE, LIPS, RIGHT_EYE } from '../faces/mesh-indices.ts'
import { addPolygon } from '../light/polygon.ts'
import { gaussianBlur } from '../pixels/blur.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'

/** Brows and the inner outline of the lips in the canonical mesh; see faces/mesh-indices.ts. */
const RIGHT_BROW = [70, 63, 105, 66, 107, 55, 65, 52, 53, 46] as const
const LEFT_BROW = [300, 293, 334, 296, 336, 285, 295, 282, 283, 276] as const
const INNER_LIPS = [78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308, 324, 318, 402, 317, 14, 87, 178, 88, 95] as const
const NOSTRILS = [
  [64, 98, 97, 2, 94, 19, 44, 45, 220, 115, 48] as const,
  [294, 327, 326, 2, 94, 19, 274, 275, 440, 344, 278] as const
]

/** Softness of the areas' edges, in widths of the face. */
const FEATHER = 0.012

/** Areas of a face as masks of 1 channel, 0..1, soft at the edge. */
export interface FaceAreas {
  readonly eyes: Raster
  readonly mouth: Raster
  /** Eyes, brows, lips and nostrils: what is not skin although it lies in the face. */
  readonly features: Raster
}

/** @param face in pixels of a map of this size */
export function faceAreas(face: AnalysedFace, faceWidth: number, size: Size): FaceAreas {
  return {
    eyes: eyeArea(face, faceWidth, size),
    mouth: area(face, faceWidth, size, [INNER_LIPS]),
    features: area(face, faceWidth, size, [RIGHT_EYE, LEFT_EYE, RIGHT_BROW, LEFT_BROW, LIPS, ...NOSTRILS])
  }
}

export function eyeArea(face: AnalysedFace, faceWidth: number, size: Size): Raster {
  return area(face, faceWidth, size, [RIGHT_EYE, LEFT_EYE])
}

function area(
  { mesh }: AnalysedFace,
  faceWidth: number,
  { width, height }: Size,
  outlines: readonly (readonly number[])[]
): Raster {
  const mask = createRaster(width, height, 1)
  for (const outline of outlines)
    addPolygon(
      mask,
      outline.flatMap((index) => mesh.points[index] ?? [])
    )
  return gaussianBlur(mask, FEATHER * faceWidth)
}
