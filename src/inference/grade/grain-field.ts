/** Noise at a whole pixel of the whole picture: mean 0, variance 1, the same in whatever tile it is asked for. */
export type GrainField = (x: number, y: number) => number

/** Integer hash without visible pattern: "lowbias32", https://nullprogram.com/blog/2018/07/31/. */
function hash(value: number): number {
  let h = value | 0
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d)
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b)
  return h ^ (h >>> 16)
}

/** Variance of a sum of four bytes over 255: 4/12, up to the steps between them. */
const SCALE = Math.sqrt(3) / 255

/** Nearly normal (a sum of four uniform numbers, Irwin–Hall), at whole x and y. */
function whiteNoise(seed: number, x: number, y: number): number {
  const h = hash(Math.imul(x, 0x9e3779b1) ^ hash(Math.imul(y, 0x85ebca77) ^ seed))
  return ((h & 255) + ((h >>> 8) & 255) + ((h >>> 16) & 255) + (h >>> 24) - 510) * SCALE
}

/**
 * @param size how many pixels across a grain is; 1 and below is independent from pixel to pixel
 */
export function grainField(seed: number, size: number): GrainField {
  const start = hash(seed)
  if (size <= 1) return (x, y) => whiteNoise(start, x, y)
  return (x, y) => {
    const u = x / size
    const v = y / size
    const left = Math.floor(u)
    const top = Math.floor(v)
    const [right, down] = [u - left, v - top]
    const sum =
      (1 - right) * (1 - down) * whiteNoise(start, left, top) +
      right * (1 - down) * whiteNoise(start, left + 1, top) +
      (1 - right) * down * whiteNoise(start, left, top + 1) +
      right * down * whiteNoise(start, left + 1, top + 1)
    // Means of independent values vary less; between grains as much as on them.
    return sum / Math.sqrt(((1 - right) ** 2 + right ** 2) * ((1 - down) ** 2 + down ** 2))
  }
}
