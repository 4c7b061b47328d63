/**
 * 16-bit floats (IEEE 754-2008 binary16), which models take and give as plain words: Node 20 has no array of them. By
 * tables over sign and exponent, after van der Zijp, "Fast Half Float Conversions", 2012, with rounding to even.
 */

/** For sign and exponent of a 32-bit float: what the half begins with, and by how much the mantissa moves right. */
const BASE = new Uint16Array(512)
const SHIFT = new Uint8Array(512)
for (let exponent = 0; exponent < 256; exponent++) {
  const power = exponent - 127
  const [base, shift] =
    power < -25 ? [0, 31] : power < -14 ? [0, -power - 1] : power <= 15 ? [(power + 15) << 10, 13] : [0x7c00, 31]
  BASE[exponent] = base
  BASE[exponent | 256] = base | 0x8000
  SHIFT[exponent] = shift
  SHIFT[exponent | 256] = shift
}

function toHalf(word: number): number {
  const index = word >>> 23
  const mantissa = word & 0x7fffff
  if ((index & 0xff) === 0xff && mantissa !== 0) return 0x7e00
  const base = BASE[index] ?? 0
  const shift = SHIFT[index] ?? 31
  if (shift === 31) return base
  // Below the normal range the mantissa's hidden bit becomes a visible one.
  const full = shift === 13 ? mantissa : mantissa | 0x800000
  const half = base + (full >>> shift)
  const rest = full & ((1 << shift) - 1)
  const middle = 1 << (shift - 1)
  return rest > middle || (rest === middle && (half & 1) === 1) ? half + 1 : half
}

/** Rounded to the nearest, ties to even; what is too large becomes infinite. */
export function encodeFloat16(values: Float32Array): Uint16Array {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length)
  const halves = new Uint16Array(values.length)
  for (let at = 0; at < words.length; at++) halves[at] = toHalf(words[at] ?? 0)
  return halves
}

/** Every half as a float: 256 KB, made when the first is decoded. */
let decoded: Float32Array | undefined

function decodingTable(): Float32Array {
  const table = new Float32Array(1 << 16)
  for (let half = 0; half < table.length; half++) {
    const sign = half & 0x8000 ? -1 : 1
    const exponent = (half >> 10) & 0x1f
    const fraction = half & 0x3ff
    if (exponent === 0) table[half] = sign * fraction * 2 ** -24
    else if (exponent === 31) table[half] = fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY
    else table[half] = sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
  }
  return table
}

export function decodeFloat16(halves: Uint16Array): Float32Array {
  decoded ??= decodingTable()
  const values = new Float32Array(halves.length)
  for (let at = 0; at < halves.length; at++) values[at] = decoded[halves[at] ?? 0] ?? 0
  return values
}
