import type { Size } from '../../domain/geometry.ts'
import type { Raster } from '../pixels/raster.ts'
import { discBlur } from './disc-blur.ts'
import { nominalWidth } from './frame.ts'

/** Radius of the disc, in pixels, at which a picture out of focus may be rendered smaller without a loss. */
const WORKING_RADIUS = 8
/** The defocus at the bottom and the top edge over that in the middle: what is higher in the frame is mostly farther. */
const DEPTH = { bottom: 0.85, top: 1.12 }
/** Least defocus in pixels of the source: below it, the source's own pixels would show as lumps. */
const LEAST_DEFOCUS = 0.85

/** The size at which a backdrop is thrown out of focus. */
export interface DefocusFrame extends Size {
  /** Pixels of this size per pixel of the picture asked for, at most 1. */
  readonly scale: number
  /** Of the disc in the middle of the frame, pixels of this size. */
  readonly radius: number
  /** Pixels of real picture the disc needs on every side. */
  readonly margin: number
}

/**
 * @param size of the picture asked for
 * @param defocus radius as a fraction of the width of a picture of 4:5 with the same diagonal
 * @param sourcePixels pixels of the source per pixel of the picture; below 1 the source is enlarged
 */
export function defocusFrame(size: Size, defocus: number, sourcePixels: number): DefocusFrame {
  const radius = Math.hypot(defocus * nominalWidth(size), LEAST_DEFOCUS / sourcePixels)
  const wanted = Math.min(1, WORKING_RADIUS / radius)
  const width = Math.max(1, Math.round(size.width * wanted))
  const height = Math.max(1, Math.round(size.height * wanted))
  const scale = width / size.width
  const margin = Math.ceil(radius * scale * Math.max(DEPTH.bottom, DEPTH.top)) + 1
  return { width, height, scale, radius: radius * scale, margin }
}

/** @param view linear light, `margin` pixels larger than the frame on every side */
export function throwOutOfFocus(view: Raster, { height, radius, margin }: DefocusFrame): Raster {
  return discBlur(view, margin, (row) => {
    const height01 = 1 - (row + 0.5) / height
    return radius * (DEPTH.bottom + (DEPTH.top - DEPTH.bottom) * height01)
  })
}
