/**
 * 16-bit floats (IEEE 754-2008 binary16), which models take and give as plain words: Node 20 has no array of them.
 * Conversions round to the nearest, ties to even.
 */

/** Bits of 32-bit floats: 2⁻¹⁴, from which halves are normal, and 65520, from which they are infinite. */
const LEAST_NORMAL = 0x38800000
const INFINITE = 0x477ff000
/** Bits by which exponents differ: 127 − 15. */
const BIAS = 0x38000000

/** Rounded to the nearest, ties to even; what is too large becomes infinite. */
export function encodeFloat16(values: Float32Array): Uint16Array {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length)
  const halves = new Uint16Array(values.length)
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? 0
    const size = word & 0x7fffffff
    // Nearly all: 13 bits of the mantissa are rounded away, and what is carried goes on into the exponent.
    halves[at] =
      size >= LEAST_NORMAL && size < INFINITE
        ? ((word >>> 16) & 0x8000) | ((size - BIAS + 0xfff + ((size >>> 13) & 1)) >>> 13)
        : rareHalf(word)
  }
  return halves
}

/** Of a float that is no normal half. */
function rareHalf(word: number): number {
  const sign = (word >>> 16) & 0x8000
  const size = word & 0x7fffffff
  if (size > 0x7f800000) return 0x7e00
  if (size >= INFINITE) return sign | 0x7c00
  const exponent = size >>> 23
  // Below half of the least one.
  if (exponent < 102) return sign
  const shift = 126 - exponent
  const mantissa = (size & 0x7fffff) | 0x800000
  const half = mantissa >>> shift
  const rest = mantissa & ((1 << shift) - 1)
  const middle = 1 << (shift - 1)
  return sign | (rest > middle || (rest === middle && (half & 1) === 1) ? half + 1 : half)
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
