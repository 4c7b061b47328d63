import type { LightingId } from '../../domain/parameters/lighting.ts'
import { lightOf } from './lamps.ts'
import { SKIN_LIMITS, type SkinLimits } from './skin-limit.ts'
import type { EnvironmentLight } from './spherical-harmonics.ts'

/** White of the photo: lamps of this colour do not tint (D65, the working space's white). */
const NEUTRAL = 6504

/** A set-up of lamps and how far it may go. */
export interface LightPreset {
  readonly light: EnvironmentLight
  /** Factor on the strength asked for: whoever chose a set-up wants to see it, low-key light most of all. */
  readonly strength: number
  /** Factor on the tint asked for: a low sun is chosen for its colour. */
  readonly tint: number
  /** Stops the mean of the face moves by: low key is darker, not only harder. */
  readonly exposure: number
  /** How far this light may move skin. */
  readonly skin: SkinLimits
}

/** Deep shade is what low key is; skin in it stays above black. */
const LOW_KEY_SKIN: SkinLimits = { ...SKIN_LIMITS, darker: 0.3 }
/** A low sun turns skin towards gold, further than daylight's differences do. Chosen by eye on light and dark skin. */
const SUNLIT_SKIN: SkinLimits = { ...SKIN_LIMITS, hue: (10 * Math.PI) / 180, chroma: [0.95, 1.25] }

/**
 * The light of a set-up. `side` is where its key light stands: 1 at the right of the picture, −1 at the left.
 * Angles and ratios are those of the textbook (Hunter, Biver, Fuqua: "Light: Science & Magic", ch. 8): a key 45° to
 * the side and above, fill two stops down for business, three and more for low key.
 */
export function lightPreset(lighting: Exclude<LightingId, 'natural'>, side: 1 | -1): LightPreset {
  switch (lighting) {
    case 'studio_softbox':
      return {
        light: lightOf(
          [
            { azimuth: 42 * side, elevation: 35, spread: 32, power: 1, kelvin: NEUTRAL },
            { azimuth: -25 * side, elevation: 5, spread: 45, power: 0.28, kelvin: NEUTRAL },
            { azimuth: -150 * side, elevation: 35, spread: 20, power: 0.5, kelvin: NEUTRAL }
          ],
          { power: 0.22, kelvin: NEUTRAL }
        ),
        strength: 1.7,
        tint: 1,
        exposure: 0,
        skin: SKIN_LIMITS
      }
    case 'soft':
      return {
        light: lightOf([{ azimuth: 68 * side, elevation: 15, spread: 50, power: 1, kelvin: 7000 }], {
          power: 0.3,
          kelvin: 5600
        }),
        strength: 1.7,
        tint: 1,
        exposure: 0,
        skin: SKIN_LIMITS
      }
    case 'dramatic':
      return {
        light: lightOf(
          [
            { azimuth: 64 * side, elevation: 32, spread: 14, power: 1, kelvin: 6000 },
            { azimuth: -140 * side, elevation: 20, spread: 18, power: 0.35, kelvin: 8500 }
          ],
          { power: 0.09, kelvin: 7500 }
        ),
        strength: 2.7,
        tint: 1,
        exposure: -0.9,
        skin: LOW_KEY_SKIN
      }
    case 'golden_hour':
      return {
        light: lightOf(
          [
            { azimuth: 58 * side, elevation: 12, spread: 8, power: 1, kelvin: 3600 },
            { azimuth: 130 * side, elevation: 15, spread: 15, power: 0.7, kelvin: 3300 },
            { azimuth: 0, elevation: 80, spread: 70, power: 0.32, kelvin: 9000 }
          ],
          { power: 0.2, kelvin: 6000 }
        ),
        strength: 1.6,
        tint: 2.4,
        exposure: 0,
        skin: SUNLIT_SKIN
      }
    case 'flash':
      return {
        light: lightOf([{ azimuth: 3 * side, elevation: 8, spread: 4, power: 1, kelvin: 5800 }], {
          power: 0.12,
          kelvin: NEUTRAL
        }),
        strength: 1.7,
        tint: 1,
        exposure: 0.1,
        skin: SKIN_LIMITS
      }
  }
}
