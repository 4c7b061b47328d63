import type { MOODS } from '../../domain/parameters/mood.ts'
import type { VIBES } from '../../domain/parameters/vibe.ts'

/** A colour grade as a colourist would set it, at a strength of 1; all 0 changes nothing. Lengths are Oklab's. */
export interface Look {
  /** Share of a smoothstep mixed into lightness: above 0 steeper in the middle, below flatter. */
  readonly contrast: number
  /** Lightness added in the middle. */
  readonly midtones: number
  /** Lightness that black is lifted to: the faded look. */
  readonly fade: number
  /** Chroma gained or lost; colours that are strong already gain less. */
  readonly saturation: number
  /** Shift towards orange (above 0) or blue. */
  readonly warmth: number
  /** Further shift of the shadows alone towards teal. */
  readonly tealShadows: number
}

export const NEUTRAL: Look = { contrast: 0, midtones: 0, fade: 0, saturation: 0, warmth: 0, tealShadows: 0 }
const look = (changes: Partial<Look>): Look => ({ ...NEUTRAL, ...changes })

/** The engine's default strength is a half: at 1 each look is as strong as a portrait bears. */
export const MOOD_LOOKS: Readonly<Record<(typeof MOODS)[number]['id'], Look>> = {
  neutral: NEUTRAL,
  bright: look({ midtones: 0.1, contrast: -0.06, saturation: 0.05 }),
  calm: look({ contrast: -0.12, fade: 0.03, saturation: -0.16, warmth: -0.004 }),
  warm: look({ warmth: 0.022, midtones: 0.02, saturation: 0.05 }),
  cool: look({ warmth: -0.02, contrast: 0.08, saturation: -0.05 }),
  cinematic: look({ contrast: 0.24, fade: 0.025, saturation: -0.08, warmth: 0.008, tealShadows: 0.022 })
}

/** What an expression would have said, as far as a grade can: firmness is contrast, kindness is warm light. */
export const VIBE_LOOKS: Readonly<Record<(typeof VIBES)[number]['id'], Look>> = {
  confident: look({ contrast: 0.1 }),
  friendly: look({ midtones: 0.03, warmth: 0.007, saturation: 0.04 }),
  approachable: look({ midtones: 0.03, contrast: -0.04, warmth: 0.004 }),
  authoritative: look({ contrast: 0.16, saturation: -0.06, midtones: -0.015 }),
  creative: look({ contrast: 0.06, saturation: 0.1, tealShadows: 0.008 }),
  sophisticated: look({ contrast: 0.08, saturation: -0.12, fade: 0.015 }),
  warm: look({ warmth: 0.014, midtones: 0.015 })
}
