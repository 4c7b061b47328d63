import type { Raster } from '../pixels/raster.ts'

/**
 * How far a photo's whites are stretched towards the light they clipped: 1/(1 − STRETCH) at white. The inverse of a
 * tone curve, as Banterle, Ledda, Debattista and Chalmers, "Inverse tone mapping", GRAPHITE 2006, with Reinhard's curve
 * bounded so that white stays finite.
 */
const STRETCH = 0.88

/** Photo light, 0..1, to the light it may have come from, in place. */
export function stretchHighlights({ data }: Raster): void {
  for (let at = 0; at < data.length; at++) {
    const v = Math.min(1, Math.max(0, data[at] ?? 0))
    data[at] = v / (1 - STRETCH * v)
  }
}

/** Multiplies by `gain` and presses back to photo light, in place: with a gain of 1 what was stretched is as before. */
export function pressHighlights({ data }: Raster, gain: number): void {
  for (let at = 0; at < data.length; at++) {
    const v = (data[at] ?? 0) * gain
    data[at] = v / (1 + STRETCH * v)
  }
}
