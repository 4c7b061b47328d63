import type { Point, Size } from '../../domain/geometry.ts'
import type { Affine } from '../pixels/affine.ts'

/** The part of a photo a picture shows: a rectangle in photo pixels, turned about its centre. */
export interface Frame {
  readonly centre: Point
  readonly width: number
  readonly height: number
  /** Radians the rectangle is turned clockwise in the photo. */
  readonly angle: number
}

/** From pixels of a picture of this size to photo pixels. */
export function frameToPhoto(frame: Frame, size: Size): Affine {
  const [across, down] = [frame.width / size.width, frame.height / size.height]
  const [cos, sin] = [Math.cos(frame.angle), Math.sin(frame.angle)]
  const [halfWidth, halfHeight] = [frame.width / 2, frame.height / 2]
  return [
    cos * across,
    -sin * down,
    frame.centre.x - cos * halfWidth + sin * halfHeight,
    sin * across,
    cos * down,
    frame.centre.y - sin * halfWidth - cos * halfHeight
  ]
}

/** Where a place of the photo lies in the frame: 0..1 from its left and upper edge, when inside. */
export function photoToFrame(frame: Frame, { x, y }: Point): Point {
  const [cos, sin] = [Math.cos(frame.angle), Math.sin(frame.angle)]
  const [right, down] = [x - frame.centre.x, y - frame.centre.y]
  return {
    x: 0.5 + (cos * right + sin * down) / frame.width,
    y: 0.5 + (cos * down - sin * right) / frame.height
  }
}
