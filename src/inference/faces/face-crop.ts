import type { Point } from '../../domain/geometry.ts'
import { type Affine, warpAffine } from '../pixels/affine.ts'
import { toSrgbBytes } from '../pixels/colour.ts'
import type { Raster } from '../pixels/raster.ts'

/** A square of a picture around a face, turned upright. */
export interface CropSquare {
  readonly centre: Point
  /** Edge in picture pixels. */
  readonly side: number
  /** Degrees the square is turned clockwise in the picture. */
  readonly tilt: number
}

/** The map from a crop of `pixels`×`pixels` to the picture. */
export function cropTransform(square: CropSquare, pixels: number): Affine {
  const scale = square.side / pixels
  const radians = (square.tilt * Math.PI) / 180
  const cos = Math.cos(radians) * scale
  const sin = Math.sin(radians) * scale
  const half = pixels / 2
  return [cos, -sin, square.centre.x - cos * half + sin * half, sin, cos, square.centre.y - sin * half - cos * half]
}

/** A square crop as 8-bit sRGB, as the networks were trained on; what lies outside the picture is black. */
export function warpSquareBytes(raster: Raster, affine: Affine, size: number): Uint8Array {
  return toSrgbBytes(warpAffine(raster, affine, size, size, { outside: BLACK }))
}

const BLACK = [0, 0, 0] as const
