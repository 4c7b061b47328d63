import type { Point, Size } from '../../../domain/geometry.ts'

/**
 * How a picture is looked at. Told in terms of the picture and the screen, not of a pane, so that several pictures can
 * share one view.
 */
export interface PictureZoom {
  /** Screen pixels for one pixel of the picture, 1 is 1:1; null fits the whole picture into its pane. */
  readonly times: number | null
  /** What stands in the middle of the pane, as fractions of the picture. */
  readonly centre: Point
}

export const FITTED: PictureZoom = { times: null, centre: { x: 0.5, y: 0.5 } }

const LARGEST = 16

/** Where the picture lies in its pane, CSS pixels. */
export interface Placement {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  /** CSS pixels for one pixel of the picture. */
  readonly scale: number
  /** Larger than its pane. */
  readonly zoomed: boolean
}

/** `ratio` is the screen's devicePixelRatio. */
export interface Pane extends Size {
  readonly ratio: number
}

/** Screen pixels for one pixel of a picture that fits its pane; a small picture is not enlarged. */
function fittingTimes(pane: Pane, picture: Size): number {
  return Math.min((pane.width / picture.width) * pane.ratio, (pane.height / picture.height) * pane.ratio, 1)
}

/** Where the picture goes. It is kept in sight: no side of the pane is left empty as long as the picture reaches it. */
export function placementOf(zoom: PictureZoom, pane: Pane, picture: Size): Placement {
  const fitting = fittingTimes(pane, picture)
  const times = Math.max(zoom.times ?? fitting, fitting)
  const scale = times / pane.ratio
  const width = picture.width * scale
  const height = picture.height * scale
  const along = (extent: number, room: number, centre: number) =>
    extent <= room ? (room - extent) / 2 : Math.min(0, Math.max(room - extent, room / 2 - centre * extent))
  // Whole screen pixels: at 1:1 nothing is resampled.
  const whole = (value: number) => Math.round(value * pane.ratio) / pane.ratio
  return {
    left: whole(along(width, pane.width, zoom.centre.x)),
    top: whole(along(height, pane.height, zoom.centre.y)),
    width,
    height,
    scale,
    zoomed: times > fitting
  }
}

const within = (value: number, min: number, max: number) => Math.min(max, Math.max(min, value))

/** Zooms to so many screen pixels for one of the picture; what is under `at`, CSS pixels of the pane, stays there. */
export function zoomedTo(times: number, at: Point, placement: Placement, pane: Pane, picture: Size): PictureZoom {
  if (times <= fittingTimes(pane, picture)) return FITTED
  const wanted = Math.min(times, LARGEST)
  const change = wanted / pane.ratio / placement.scale
  const centre = (point: number, start: number, extent: number, room: number) =>
    within((point - start) / extent + (room / 2 - point) / (extent * change), 0, 1)
  return {
    times: wanted,
    centre: {
      x: centre(at.x, placement.left, placement.width, pane.width),
      y: centre(at.y, placement.top, placement.height, pane.height)
    }
  }
}

/** Moves the picture with the pointer by so many CSS pixels. */
export function panned(zoom: PictureZoom, by: Point, placement: Placement, pane: Pane): PictureZoom {
  const middle = (start: number, extent: number, room: number, move: number) =>
    extent <= room ? 0.5 : within((room / 2 - start - move) / extent, room / 2 / extent, 1 - room / 2 / extent)
  return {
    ...zoom,
    centre: {
      x: middle(placement.left, placement.width, pane.width, by.x),
      y: middle(placement.top, placement.height, pane.height, by.y)
    }
  }
}
