import type { Criterion, MeasuredCriterionId } from '../criterion.ts'
import type { RetouchSettingName } from '../retouch-settings.ts'
import type { Deviation } from './deviation.ts'

/** What a remedy may look at. */
export interface Symptom {
  readonly criterion: Criterion
  readonly deviation: Deviation
}

/** One setting that acts on one criterion. */
export interface Remedy {
  readonly setting: RetouchSettingName
  /** The new value, not yet fitted to the setting's range; undefined where this symptom says nothing of it. */
  readonly propose: (current: number, symptom: Symptom) => number | undefined
}

/** Remedies applied together; the next stage is tried once this one is used up or has had no effect. */
export interface Stage {
  /** Only for values that miss on this side; on both when absent. */
  readonly side?: Deviation['side']
  /** Only for values in this unit: some criteria are measured in another way for another order. */
  readonly unit?: Criterion['unit']
  readonly remedies: readonly Remedy[]
}

/** A fraction, whether the ledger tells percent or fractions. */
const inFractions = (value: number, unit: string) => (unit === '%' ? value / 100 : value)

/** The strongest single change of exposure that still looks like the same photo, in stops. */
const LARGEST_STEP_EV = 0.7

/** A value just outside its limit moves the setting this share of the way; one far outside moves it all the way. */
const SMALLEST_SHARE = 0.4

/** Towards `end`, the farther the more the value misses. */
function towards(current: number, end: number, { deviation }: Symptom): number {
  return current + (end - current) * (SMALLEST_SHARE + (1 - SMALLEST_SHARE) * deviation.severity)
}

/** Lowers a setting that is above `end`. */
const lower = (setting: RetouchSettingName, end: number): Remedy => ({
  setting,
  propose: (current, symptom) => (current > end ? towards(current, end, symptom) : undefined)
})

/** Raises a setting that is below `end`. */
const raise = (setting: RetouchSettingName, end: number): Remedy => ({
  setting,
  propose: (current, symptom) => (current < end ? towards(current, end, symptom) : undefined)
})

/** All the way at once: less of it would not be seen. */
const set = (setting: RetouchSettingName, to: number): Remedy => ({ setting, propose: () => to })

const step = (setting: RetouchSettingName, by: number): Remedy => ({ setting, propose: (current) => current + by })

/** The head's height is proportional to the crop's scale. */
const scaleHead: Remedy = {
  setting: 'crop.headScale',
  propose: (current, { deviation }) => (deviation.value > 0 ? (current * deviation.aim) / deviation.value : undefined)
}

/** Shift and measured place are both fractions of the picture, counted in the same direction. */
const shift = (setting: 'crop.eyeShift' | 'crop.sideShift'): Remedy => ({
  setting,
  propose: (current, { deviation, criterion }) => current + inFractions(deviation.aim - deviation.value, criterion.unit)
})

/** Head heights that every profile with an own background takes, as a factor on its aim. */
const MOST_TIGHTENED = 1.25

/** A crop that shows less of what lies beyond the photo: the share it covers grows with the square of the scale. */
const coverWithPhoto: Remedy = {
  setting: 'crop.headScale',
  propose: (current, { deviation: { value, limit, aim } }) => {
    const covered = (beyond: number) => 1 - beyond / 100
    const within = (beyond: number) => current * Math.sqrt(covered(beyond) / Math.max(0.01, covered(value)))
    return within(limit) > MOST_TIGHTENED ? undefined : Math.min(MOST_TIGHTENED, within(aim))
  }
}

/** What is left of the tilt is proportional to what is not turned back. */
const level: Remedy = {
  setting: 'crop.levelling',
  propose: (current, { deviation }) =>
    deviation.value === 0 ? undefined : 1 - (1 - current) * Math.abs(deviation.aim / deviation.value)
}

/**
 * Skin is brought just inside its limits, not to their middle: how light a face is belongs to the person. Values are
 * CIE L*, a cube root of luminance (CIE 15:2018, 8.2.1.1), and a stop doubles luminance.
 */
const expose: Remedy = {
  setting: 'exposure.subject',
  propose: (current, { deviation: { value, limit, aim } }) => {
    const wanted = limit + INSIDE_LIMIT * (aim - limit)
    const stops = Math.log2(luminanceOf(wanted) / luminanceOf(value))
    return current + Math.max(-LARGEST_STEP_EV, Math.min(LARGEST_STEP_EV, stops))
  }
}

const INSIDE_LIMIT = 0.3

/** Relative luminance of an L* above 8; what is darker than that asks for the largest step anyway. */
const luminanceOf = (lightness: number) => ((Math.max(1, lightness) + 16) / 116) ** 3

/**
 * What a retoucher would try, in the order they would try it. Ends are where a cure begins to show as a fault of its
 * own: sharpening above 0.6 draws lines around eyelashes, a choke above 1.5 px eats fine hair and
 * turns the strands that are left into a dark line, shadows lifted by more
 * than 0.7 look grey.
 */
export const REMEDIES: Readonly<Partial<Record<MeasuredCriterionId, readonly Stage[]>>> = {
  // Somebody else can be made out in the own background.
  'face-count': [
    { side: 'above', remedies: [raise('background.defocus', 0.045)] },
    { side: 'above', remedies: [step('crop.headScale', 0.2)] }
  ],
  'head-height': [{ remedies: [scaleHead] }],
  'eye-line': [{ remedies: [shift('crop.eyeShift')] }],
  'head-centre': [{ remedies: [shift('crop.sideShift')] }],
  'head-tilt': [{ remedies: [level] }],
  exposure: [{ remedies: [expose] }, { remedies: [lower('light.strength', 0.1)] }],
  'highlight-clipping': [
    { side: 'above', remedies: [raise('exposure.highlightRecovery', 0.9)] },
    { side: 'above', remedies: [step('exposure.subject', -0.4), lower('light.strength', 0.2)] },
    { side: 'above', remedies: [lower('grade.strength', 0)] }
  ],
  'shadow-clipping': [
    { side: 'above', remedies: [raise('exposure.shadowLift', 0.7)] },
    { side: 'above', remedies: [step('exposure.subject', 0.4), lower('light.strength', 0.2)] },
    { side: 'above', remedies: [lower('grade.strength', 0)] }
  ],
  sharpness: [
    { side: 'below', remedies: [set('detail.sharpen', 0.6), set('detail.denoise', 0), set('retouch.strength', 0)] },
    // A face that is still soft then has no lashes to draw lines around.
    { side: 'below', remedies: [set('detail.sharpen', 1)] },
    { side: 'above', remedies: [lower('detail.sharpen', 0)] }
  ],
  noise: [
    { side: 'above', remedies: [set('detail.denoise', 0.75), set('detail.sharpen', 0)] },
    { side: 'above', remedies: [set('detail.denoise', 1)] }
  ],
  'background-match': [
    // A plain colour came out another one.
    { side: 'above', unit: 'ΔE00', remedies: [lower('grade.strength', 0), lower('light.wrap', 0.2)] },
    // A tinted one came out another tint.
    { side: 'above', unit: 'Δab', remedies: [lower('grade.strength', 0), lower('light.tint', 0)] },
    // Most of the own background would be made up.
    { side: 'above', unit: '%', remedies: [coverWithPhoto] },
    // Another place was asked for, and it still looks like the one in the photo.
    { side: 'above', unit: 'correlation', remedies: [step('background.yaw', 60), raise('background.defocus', 0.03)] },
    // The own background cannot be recognised any more.
    { side: 'below', unit: 'correlation', remedies: [lower('background.defocus', 0.008)] },
    // A place shows nothing where it was looked at.
    { side: 'below', unit: 'ΔE00', remedies: [step('background.yaw', 60), lower('background.defocus', 0.012)] },
    { side: 'below', unit: 'ΔE00', remedies: [step('background.yaw', -120)] }
  ],
  'matte-halo': [
    { remedies: [raise('matte.decontamination', 1), raise('matte.choke', 0.5)] },
    { remedies: [raise('matte.sharpness', 0.8), raise('matte.choke', 1.5)] },
    { remedies: [lower('light.wrap', 0.1)] }
  ],
  identity: [
    {
      side: 'above',
      remedies: [lower('light.strength', 0.15), lower('retouch.strength', 0), lower('grade.strength', 0.1)]
    },
    { side: 'above', remedies: [lower('light.tint', 0), lower('light.strength', 0)] }
  ]
}
