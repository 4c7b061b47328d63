import type { FacePatch } from './face-patch.ts'
import { quantile } from './quantile.ts'

/** What the light does on the skin of a face. */
export interface SkinTone {
  /** L* that 90 % of the skin stays below, and the median. */
  readonly bright: number
  readonly median: number
  /** Share of the skin, 0..1, that has lost its highlights or its shadows. */
  readonly blown: number
  readonly blocked: number
}

/** A channel of 8-bit sRGB at or above this holds no texture any more. */
const WHITE = 253
/** Channels that must be there: red alone clips early on warm skin and still leaves texture in the others. */
const CHANNELS = 2
/** L* of sRGB 12/255; below it prints and most displays show plain black. */
const BLACK_LIGHTNESS = 3.5

export function skinTone({ bytes, lightness, skin, skinCount }: FacePatch): SkinTone {
  const values = new Float32Array(skinCount)
  let count = 0
  let blown = 0
  let blocked = 0
  for (let i = 0; i < skin.length; i++) {
    if (skin[i] === 0) continue
    const L = lightness[i] ?? 0
    values[count++] = L
    if (L < BLACK_LIGHTNESS) blocked++
    let clipped = 0
    for (let channel = 0; channel < 3; channel++) if ((bytes[3 * i + channel] ?? 0) >= WHITE) clipped++
    if (clipped >= CHANNELS) blown++
  }
  return {
    bright: quantile(values, 0.9),
    median: quantile(values, 0.5),
    blown: blown / skinCount,
    blocked: blocked / skinCount
  }
}
