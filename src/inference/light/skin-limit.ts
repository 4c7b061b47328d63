import { fromOklab, toOklab } from '../pixels/colour.ts'

/** How far light may move skin in Oklab. */
export interface SkinLimits {
  /** Lightness up and down. */
  readonly lighter: number
  readonly darker: number
  /** Radians of hue to either side. */
  readonly hue: number
  /** Factor on chroma, least and most. */
  readonly chroma: readonly [number, number]
}

/**
 * Chosen by eye on light and dark skin in all places. Hue: portrait retouchers keep skin within a few degrees. Chroma:
 * below, skin turns grey; above, orange. Lightness: 0.1 in Oklab is about two thirds of a stop at mid tones.
 */
export const SKIN_LIMITS: SkinLimits = {
  lighter: 0.1,
  darker: 0.24,
  hue: (5 * Math.PI) / 180,
  chroma: [0.9, 1.15]
}

/** Lightness of shine on skin, and the share of the way there that light may go: a cheek in highlight is not burnt out. */
const SHINE = 0.95
const HEADROOM = 0.5
const LEAST_HEADROOM = 0.01

const before = new Float64Array(3)
const after = new Float64Array(3)

/**
 * Writes into `ratio` at `at` the gains nearest to those there that move the skin colour (r, g, b), linear Rec. 2020,
 * no further than the limits, mixed in by `weight` (0 not skin .. 1 skin). Approaches the limits softly, so that no
 * edge shows where they are reached.
 */
export function limitOnSkin(
  ratio: Float32Array,
  at: number,
  r: number,
  g: number,
  b: number,
  weight: number,
  limits: SkinLimits = SKIN_LIMITS
): void {
  const red = ratio[at] ?? 1
  const green = ratio[at + 1] ?? 1
  const blue = ratio[at + 2] ?? 1
  toOklab(before, 0, r, g, b)
  toOklab(after, 0, r * red, g * green, b * blue)
  const l0 = before[0] ?? 0
  const a0 = before[1] ?? 0
  const b0 = before[2] ?? 0
  const l1 = after[0] ?? 0
  const a1 = after[1] ?? 0
  const b1 = after[2] ?? 0
  const step = l1 - l0
  const headroom = Math.max(LEAST_HEADROOM, HEADROOM * (SHINE - l0))
  const lightness =
    l0 + (step > 0 ? softLimit(step, Math.min(limits.lighter, headroom)) : -softLimit(-step, limits.darker))
  const chroma0 = Math.sqrt(a0 * a0 + b0 * b0)
  const hue0 = Math.atan2(b0, a0)
  const turn = wrap(Math.atan2(b1, a1) - hue0)
  const hue = hue0 + Math.sign(turn) * softLimit(Math.abs(turn), limits.hue)
  // Chroma that falls or rises with lightness alone is no shift: it is compared at equal light.
  const level = l0 > 1e-6 ? lightness / l0 : 1
  const chroma = clampSoft(
    Math.sqrt(a1 * a1 + b1 * b1),
    chroma0 * level * limits.chroma[0],
    chroma0 * level * limits.chroma[1]
  )
  fromOklab(after, 0, lightness, chroma * Math.cos(hue), chroma * Math.sin(hue))
  ratio[at] = mix(red, (after[0] ?? 0) / r, weight)
  ratio[at + 1] = mix(green, (after[1] ?? 0) / g, weight)
  ratio[at + 2] = mix(blue, (after[2] ?? 0) / b, weight)
}

/** The identity at first, then bends to stay below `most`. */
function softLimit(value: number, most: number): number {
  return most * Math.tanh(value / most)
}

function clampSoft(value: number, low: number, high: number): number {
  const middle = (low + high) / 2
  const half = (high - low) / 2
  if (!(half > 0)) return middle
  return middle + Math.sign(value - middle) * softLimit(Math.abs(value - middle), half)
}

const wrap = (angle: number) => Math.atan2(Math.sin(angle), Math.cos(angle))
const mix = (from: number, to: number, share: number) => from + (to - from) * share
