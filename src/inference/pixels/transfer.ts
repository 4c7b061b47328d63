/** sRGB transfer function, IEC 61966-2-1:1999, on the whole line: negative values mirror (as in CSS Color 4). */
export function srgbDecode(encoded: number): number {
  const v = Math.abs(encoded)
  const linear = v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4
  return encoded < 0 ? -linear : linear
}

export function srgbEncode(linear: number): number {
  const v = Math.abs(linear)
  const encoded = v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055
  return linear < 0 ? -encoded : encoded
}

/** Linear light of every 8-bit sRGB code value. */
export const SRGB_8_TO_LINEAR = Float32Array.from({ length: 256 }, (_, code) => srgbDecode(code / 255))

/**
 * Both directions by table with linear interpolation, for pixel loops. Encoding steps over √v, where the curve is nearly
 * straight; either stays within 1e-6 of the formula, a fifteenth of a 16-bit step, at a fraction of its cost.
 */
const STEPS = 4096
const ENCODE = Float32Array.from({ length: STEPS + 2 }, (_, step) => srgbEncode((step / STEPS) ** 2))
const DECODE = Float32Array.from({ length: STEPS + 2 }, (_, step) => srgbDecode(step / STEPS))

/** `srgbEncode` of a value clipped to 0..1. NaN gives 0. */
export function srgbEncodeClipped(linear: number): number {
  if (!(linear > 0)) return 0
  if (linear >= 1) return 1
  const position = Math.sqrt(linear) * STEPS
  const step = position | 0
  const low = ENCODE[step] ?? 0
  return low + ((ENCODE[step + 1] ?? 0) - low) * (position - step)
}

/** `srgbDecode` of a value clipped to 0..1. NaN gives 0. */
export function srgbDecodeClipped(encoded: number): number {
  if (!(encoded > 0)) return 0
  if (encoded >= 1) return 1
  const position = encoded * STEPS
  const step = position | 0
  const low = DECODE[step] ?? 0
  return low + ((DECODE[step + 1] ?? 0) - low) * (position - step)
}
