import type { Box, Size } from '../../../domain/geometry.ts'

export interface CropWindow {
  /** Of the whole picture inside the window, CSS px. */
  readonly left: number
  readonly top: number
  /** CSS pixels for one pixel of the picture. */
  readonly scale: number
}

/** Room around what is shown, as a share of it. */
const AROUND = 1.25

/**
 * A square window on part of a picture: at 1:1 where the part fits, smaller where it does not, in the middle as far as
 * the picture reaches.
 */
export function cropWindow(part: Box, picture: Size, side: number, ratio: number): CropWindow {
  const extent = Math.max(part.width, part.height) * AROUND
  const scale = Math.max(
    Math.min(1 / ratio, side / Math.max(1, extent)),
    Math.min(side / picture.width, side / picture.height)
  )
  const along = (start: number, length: number, whole: number) => {
    const middle = side / 2 - (start + length / 2) * scale
    const room = side - whole * scale
    return room >= 0 ? room / 2 : Math.min(0, Math.max(room, middle))
  }
  return {
    left: along(part.x, part.width, picture.width),
    top: along(part.y, part.height, picture.height),
    scale
  }
}
