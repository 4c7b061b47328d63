import type { Size } from '../../domain/geometry.ts'
import { luminance } from '../pixels/colour.ts'
import type { Raster } from '../pixels/raster.ts'
import { resize } from '../pixels/resample.ts'
import { type DefocusFrame, defocusFrame, throwOutOfFocus } from './depth-of-field.ts'
import { backdropGain, medianLuminance } from './exposure.ts'
import { developFilm } from './film-curve.ts'
import { nominalWidth } from './frame.ts'
import type { Panorama } from './panorama.ts'
import { type Camera, panoramaPixelsPerPixel, renderPerspective } from './perspective.ts'

/** A view into a place as it is rendered once. */
export interface PlaceShot {
  /** Degrees. */
  readonly yaw: number
  readonly pitch: number
  /** Degrees across a picture of 4:5; other shapes keep the diagonal. */
  readonly fov: number
  /** Stops of the place against the person; 0 puts its middle at what the person's skin calls for. */
  readonly stops: number
  /** Gains of red, green and blue. */
  readonly balance: readonly [number, number, number]
}

export interface PlaceRequest extends Size {
  readonly shot: PlaceShot
  /** Radius of the defocus as a fraction of the width of a picture of 4:5 with the same diagonal. */
  readonly defocus: number
  readonly subjectLuminance: number
}

/** Renders a view into a panorama out of focus, display light 0..1; `gain` is what its radiance was multiplied by. */
export function renderPlace(panorama: Panorama, request: PlaceRequest): { picture: Raster; gain: number } {
  const { shot } = request
  const focal = nominalWidth(request) / 2 / Math.tan((shot.fov / 360) * Math.PI)
  const frame = defocusFrame(request, request.defocus, panoramaPixelsPerPixel(panorama, focal))
  const camera: Camera = { yaw: shot.yaw, pitch: shot.pitch, focal: focal * frame.scale }
  const view = renderPerspective(panorama, camera, frame.width + 2 * frame.margin, frame.height + 2 * frame.margin)
  balanceColours(view, shot.balance)
  return developScene(view, frame, request, request.subjectLuminance, shot.stops)
}

/** A lamp counts at most this many times the view's median: beyond it one pixel would wash out the frame. */
const LAMP_LIMIT = 90

/**
 * From a view's radiance to display light: out of focus, exposed for the person, developed as film.
 * @param view `frame.margin` pixels larger than the frame on every side; changed
 */
export function developScene(
  view: Raster,
  frame: DefocusFrame,
  size: Size,
  subjectLuminance: number,
  stops: number
): { picture: Raster; gain: number } {
  limitLamps(view, LAMP_LIMIT * medianLuminance(view))
  const blurred = throwOutOfFocus(view, frame)
  const gain = backdropGain(blurred, subjectLuminance, stops)
  developFilm(blurred, gain)
  return { picture: resize(blurred, size.width, size.height, 'cubic'), gain }
}

function balanceColours({ data }: Raster, [red, green, blue]: PlaceShot['balance']): void {
  for (let at = 0; at < data.length; at += 3) {
    data[at] = (data[at] ?? 0) * red
    data[at + 1] = (data[at + 1] ?? 0) * green
    data[at + 2] = (data[at + 2] ?? 0) * blue
  }
}

/** Scales colours whose luminance exceeds the limit down to it, so that a lamp keeps its colour. */
function limitLamps({ data }: Raster, limit: number): void {
  for (let at = 0; at < data.length; at += 3) {
    const y = luminance(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0)
    if (y <= limit) continue
    for (let c = 0; c < 3; c++) data[at + c] = ((data[at + c] ?? 0) * limit) / y
  }
}
