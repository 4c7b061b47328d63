/**
 * Pictures described by a formula, so that runtimes in other languages can make the same ones; `record.py` has the same
 * two. Bytes of an interleaved picture, row by row.
 */
export const PATTERNS = {
  /** Every pixel another: all weights take part. */
  noise: (_x: number, _y: number, _channel: number, index: number) => (index * 7919 + (index >> 7) * 104729) % 256,
  /** Slopes, edges and flat parts, as pictures have them. */
  waves: (x: number, y: number, channel: number) => Math.abs(((x * 5 + y * 3 + channel * 64) % 510) - 255)
} as const
export type PatternName = keyof typeof PATTERNS

export function patternBytes(name: PatternName, height: number, width: number, channels: number): Uint8Array {
  const pattern = PATTERNS[name]
  return Uint8Array.from({ length: height * width * channels }, (_, index) => {
    const pixel = Math.floor(index / channels)
    return pattern(pixel % width, Math.floor(pixel / width), index % channels, index)
  })
}
