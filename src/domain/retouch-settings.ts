import { z } from 'zod'

const share = (fallback: number) => z.number().min(0).max(1).default(fallback)

/**
 * Every named setting of the built-in engine, by dotted name. Repairs change these and nothing else, so that a report
 * can say what was changed. Defaults are what the first attempt uses.
 */
export const retouchSettingsSchema = z.strictObject({
  /** Factor on the profile's head height; above 1 crops tighter. */
  'crop.headScale': z.number().min(0.6).max(1.6).default(1),
  /** Shift of the eye line, fraction of the height; positive moves the person down. */
  'crop.eyeShift': z.number().min(-0.2).max(0.2).default(0),
  /** Shift sideways, fraction of the width; positive moves the person to the right. */
  'crop.sideShift': z.number().min(-0.2).max(0.2).default(0),
  /** How much of the head's measured tilt is turned back: 0 none, 1 all. */
  'crop.levelling': share(0.5),
  /** How much the crop gives up to leave out where somebody else touches the person: 0 nothing, 1 all the purpose allows. */
  'crop.avoidTouch': share(1),
  /** 0 softest hair edge, 1 crispest. */
  'matte.sharpness': share(0.5),
  /** How far the old background's colour is removed from the person's edge. */
  'matte.decontamination': share(0.85),
  /** Shrinks (positive) or grows the matte, pixels at working size. */
  'matte.choke': z.number().min(-3).max(3).default(0),
  /** Of the person only, stops. */
  'exposure.subject': z.number().min(-2).max(2).default(0),
  /** Of the place only, stops, on top of the automatic exposure. */
  'exposure.background': z.number().min(-2).max(2).default(0),
  /** Rolls highlights of the person off: 0 none. */
  'exposure.highlightRecovery': share(0.2),
  'exposure.shadowLift': share(0),
  /** How far the place's or the preset's light moves the person. */
  'light.strength': share(0.55),
  /** How far its colour does. */
  'light.tint': share(0.35),
  'light.wrap': share(0.5),
  'light.contactShadow': share(0.5),
  'retouch.strength': share(0.25),
  'detail.sharpen': share(0.2),
  'detail.denoise': share(0),
  /** Grain added to the place so that it matches the photo. */
  'detail.grainMatch': share(1),
  'grade.strength': share(0.5),
  /** Aperture of the backdrop: radius of the defocus as a fraction of the width. */
  'background.defocus': z.number().min(0.005).max(0.06).default(0.022),
  /** Turn of the view into the place, degrees, on top of the view chosen for it. */
  'background.yaw': z.number().min(-180).max(180).default(0)
})
/**
 * Every effect off: with the own background, nothing but crop, size and the encoder touches the photo's colours. What
 * comes out of the whole line then is compared with what went in.
 */
export const EFFECTS_OFF = {
  'crop.levelling': 0,
  'crop.avoidTouch': 0,
  'exposure.highlightRecovery': 0,
  'light.strength': 0,
  'light.tint': 0,
  'light.wrap': 0,
  'light.contactShadow': 0,
  'retouch.strength': 0,
  'detail.sharpen': 0,
  'detail.denoise': 0,
  'detail.grainMatch': 0,
  'grade.strength': 0,
  'background.defocus': 0.005
} as const satisfies Partial<Record<string, number>>

export type RetouchSettings = z.infer<typeof retouchSettingsSchema>
export type RetouchSettingName = keyof RetouchSettings
