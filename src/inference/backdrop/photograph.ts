import type { Size } from '../../domain/geometry.ts'
import type { RetouchSettings } from '../../domain/retouch-settings.ts'
import { warpAffine } from '../pixels/affine.ts'
import type { Raster } from '../pixels/raster.ts'
import { resize } from '../pixels/resample.ts'
import { defocusFrame, throwOutOfFocus } from './depth-of-field.ts'
import { photographGain } from './exposure.ts'
import { nominalWidth } from './frame.ts'
import { pressHighlights } from './highlights.ts'
import { developScene } from './place.ts'
import { seededRandom } from './seeded-random.ts'

/** A photo of a place, as light. */
export interface Photograph {
  /** Linear Rec. 2020. */
  readonly light: Raster
  /** True for light of any range as a camera meets it, false for a developed photo whose highlights were stretched. */
  readonly isScene: boolean
}

export interface PhotographRequest extends Size {
  readonly seed: number
  readonly settings: Pick<RetouchSettings, 'background.defocus' | 'background.yaw' | 'exposure.background'>
  readonly subjectLuminance: number
}

/** Share of the photo's extent that a frame shows which would otherwise show all of it: the rest is room to move. */
export const VISIBLE_SHARE = 0.92
/** Degrees across a picture of 4:5 that a turn is counted in: those of the views into places. */
const FIELD_OF_VIEW = 46
/** Share of the room to move that a seed uses, sideways and upwards. */
const SWAY = { x: 0.6, y: 0.5 }
/** Stops a seed moves the exposure by, either way. */
const STOPS_SWAY = 0.15

export interface RenderedPhotograph {
  /** Display light, 0..1. */
  readonly picture: Raster
  /** What its light was multiplied by. */
  readonly gain: number
  readonly notes: readonly string[]
}

/** Times the defocus asked for, from which a photographer should know that it is more. */
const MUCH_MORE = 1.5

/** A photograph behind the person: filling the frame, out of focus, exposed for the skin. */
export function renderPhotograph({ light, isScene }: Photograph, request: PhotographRequest): RenderedPhotograph {
  const { settings, subjectLuminance } = request
  const { left, top, step, stops } = placeFrame(light, request)
  const frame = defocusFrame(request, settings['background.defocus'], step)
  const { scale, margin } = frame
  const asked = settings['background.defocus'] * nominalWidth(request) * scale
  const notes = frame.radius > MUCH_MORE * asked ? [tooFewPixels(light)] : []
  const view = warpAffine(
    light,
    [step / scale, 0, left - (margin * step) / scale, 0, step / scale, top - (margin * step) / scale],
    frame.width + 2 * margin,
    frame.height + 2 * margin
  )
  if (isScene) return { ...developScene(view, frame, request, subjectLuminance, stops), notes }
  const blurred = throwOutOfFocus(view, frame)
  const gain = photographGain(blurred, subjectLuminance, stops)
  pressHighlights(blurred, gain)
  return { picture: resize(blurred, request.width, request.height, 'cubic'), gain, notes }
}

const tooFewPixels = ({ width, height }: Size) =>
  `The backdrop has only ${width} × ${height} pixels, so it is more out of focus than it would be.`

/** Which part of the photo the frame shows: its corner and the photo's pixels per pixel of the picture. */
function placeFrame(photo: Size, { width, height, seed, settings }: PhotographRequest) {
  const random = seededRandom(seed)
  const sway = () => 2 * random() - 1
  const step = VISIBLE_SHARE * Math.min(photo.width / width, photo.height / height)
  const room = { x: (photo.width - step * width) / 2, y: (photo.height - step * height) / 2 }
  const turn = (settings['background.yaw'] / FIELD_OF_VIEW) * nominalWidth({ width, height }) * step
  // A photo much wider than the frame is not wandered through by chance: its middle is what it was taken for.
  const most = 2 * (1 - VISIBLE_SHARE) * Math.min(photo.width, photo.height)
  const x = turn + SWAY.x * Math.min(room.x, most) * sway()
  const y = SWAY.y * Math.min(room.y, most) * sway()
  const within = (value: number, limit: number) => Math.max(-limit, Math.min(limit, value))
  return {
    step,
    left: room.x + within(x, room.x),
    top: room.y + within(y, room.y),
    stops: STOPS_SWAY * sway() + settings['exposure.background']
  }
}
