import type { Brief } from '../brief.ts'
import { backdropOf, type Parameters } from '../parameters/parameters.ts'
import type { PhotoInspection } from '../photo.ts'
import type { RetouchSettings } from '../retouch-settings.ts'

/** Roll from which a head reads as leaning rather than as relaxed, degrees. */
const LEANING = 6

/** Distance between the eyes below which most detail of a picture is interpolated, px: ICAO Doc 9303 asks for 90. */
const FEW_PIXELS = 90

export interface FirstSettingsRequest {
  readonly parameters: Parameters
  readonly inspection: PhotoInspection | undefined
  /** Index of the chosen face; null where there is only one. */
  readonly face: number | null
}

/** Settings that differ from the built-in engine's defaults, as far as order and photo already tell. */
export function firstSettings({ parameters, inspection, face }: FirstSettingsRequest): Brief['settings'] {
  return {
    ...forPurpose(parameters),
    ...forBackground(parameters),
    ...forFace(inspection?.faces[face ?? 0], parameters)
  } satisfies Partial<RetouchSettings>
}

/** A picture that has to show the person as they are takes no grade and no smoothing. */
function forPurpose({ purpose }: Parameters): Partial<RetouchSettings> {
  if (purpose !== 'passport_like') return {}
  return { 'crop.levelling': 1, 'light.strength': 0.25, 'light.tint': 0, 'retouch.strength': 0, 'grade.strength': 0 }
}

/** In its own surroundings the person is already lit as the place is. */
function forBackground({ background, lighting }: Parameters): Partial<RetouchSettings> {
  if (backdropOf(background)?.kind !== 'original') return {}
  return { 'light.contactShadow': 0, 'light.wrap': 0.2, ...(lighting === 'natural' && { 'light.strength': 0.15 }) }
}

type Face = PhotoInspection['faces'][number]

function forFace(face: Face | undefined, { purpose }: Parameters): Partial<RetouchSettings> {
  if (!face) return {}
  const { leftEye, rightEye } = face
  const [across, down] = [leftEye.x - rightEye.x, leftEye.y - rightEye.y]
  const roll = Math.abs((Math.atan2(down, across) * 180) / Math.PI)
  const leans = roll > LEANING && purpose !== 'passport_like'
  const isSmall = Math.hypot(across, down) < FEW_PIXELS
  return {
    ...(leans && { 'crop.levelling': 0.8 }),
    ...(isSmall && { 'detail.sharpen': 0.1, 'detail.denoise': 0.15 })
  }
}
