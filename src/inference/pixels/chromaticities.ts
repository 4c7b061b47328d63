import { type RgbPrimaries, rgbToXyz } from './rgb-spaces.ts'

/**
 * Primaries from the xy chromaticities of red, green, blue and white, as files of linear light state them; null for
 * what spans no colours.
 */
export function primariesOf(chromaticities: readonly number[]): RgbPrimaries | null {
  const [rx, ry, gx, gy, bx, by, wx, wy] = chromaticities
  // The imaginary primaries of the widest spaces, such as ACES 2065-1, lie a little outside 0..1.
  const stated = chromaticities.length === 8 && chromaticities.every((value) => value > -1 && value < 2)
  if (!stated || !ry || !gy || !by || !wy) return null
  const primaries: RgbPrimaries = {
    red: [rx ?? 0, ry],
    green: [gx ?? 0, gy],
    blue: [bx ?? 0, by],
    white: [wx ?? 0, wy]
  }
  return rgbToXyz(primaries).every(Number.isFinite) ? primaries : null
}
