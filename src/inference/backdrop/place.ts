import type { Size } from '../../domain/geometry.ts'
import { luminance } from '../pixels/colour.ts'
import type { Raster } from '../pixels/raster.ts'
import { resize } from '../pixels/resample.ts'
import { discBlur } from './disc-blur.ts'
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

/** Radius of the disc, in pixels, at which a picture out of focus may be rendered smaller without a loss. */
const WORKING_RADIUS = 12
/** Least defocus in pixels of the panorama: below it, the panorama's own pixels would show as lumps. */
const LEAST_DEFOCUS = 0.85
/** The defocus at the bottom and the top edge over that in the middle: what is higher in the frame is mostly farther. */
const DEPTH = { bottom: 0.85, top: 1.12 }
/** A lamp counts at most this many times the view's median: beyond it one pixel would wash out the frame. */
const LAMP_LIMIT = 90

/** Renders a view into a panorama out of focus, display light 0..1; `gain` is what its radiance was multiplied by. */
export function renderPlace(panorama: Panorama, request: PlaceRequest): { picture: Raster; gain: number } {
  const { shot } = request
  const nominal = nominalWidth(request)
  const focal = nominal / 2 / Math.tan((shot.fov / 360) * Math.PI)
  const radius = Math.hypot(request.defocus * nominal, LEAST_DEFOCUS / panoramaPixelsPerPixel(panorama, focal))
  const scale = Math.min(1, WORKING_RADIUS / radius)
  const width = Math.max(1, Math.round(request.width * scale))
  const height = Math.max(1, Math.round(request.height * scale))
  const working = (radius * width) / request.width
  const margin = Math.ceil(working * Math.max(DEPTH.bottom, DEPTH.top)) + 1
  const camera: Camera = { yaw: shot.yaw, pitch: shot.pitch, focal: (focal * width) / request.width }

  const view = renderPerspective(panorama, camera, width + 2 * margin, height + 2 * margin)
  balanceColours(view, shot.balance)
  limitLamps(view, LAMP_LIMIT * medianLuminance(view))
  const blurred = discBlur(view, margin, (row) => {
    const height01 = 1 - (row + 0.5) / height
    return working * (DEPTH.bottom + (DEPTH.top - DEPTH.bottom) * height01)
  })
  const gain = backdropGain(blurred, request.subjectLuminance, shot.stops)
  developFilm(blurred, gain)
  return { picture: resize(blurred, request.width, request.height, 'cubic'), gain }
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
