import { seededRandom } from './seeded-random.ts'

/** A smooth random field over the plane: about −1..1, mean 0, features about 1 across. */
export type NoiseField = (x: number, y: number) => number

const SIZE = 256
const fade = (t: number) => t * t * t * (t * (t * 6 - 15) + 10)
/** Gradient noise of unit gradients reaches ±√½; this brings it to ±1. */
const GAIN = Math.SQRT2

/** Gradient noise (Perlin, "Improving noise", SIGGRAPH 2002) with gradients all around the circle. Repeats after 256. */
export function gradientNoise(seed: number): NoiseField {
  const random = seededRandom(seed)
  const order = Uint8Array.from({ length: SIZE }, (_, at) => at)
  for (let at = SIZE - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1))
    const value = order[at] ?? 0
    order[at] = order[other] ?? 0
    order[other] = value
  }
  const angles = Float64Array.from({ length: SIZE }, () => random() * 2 * Math.PI)
  const gradientX = Float32Array.from(angles, Math.cos)
  const gradientY = Float32Array.from(angles, Math.sin)
  const corner = (x: number, y: number) => order[((order[x & 255] ?? 0) + y) & 255] ?? 0
  const dot = (at: number, x: number, y: number) => (gradientX[at] ?? 0) * x + (gradientY[at] ?? 0) * y

  return (x, y) => {
    const left = Math.floor(x)
    const top = Math.floor(y)
    const [u, v] = [x - left, y - top]
    const across = fade(u)
    const a = dot(corner(left, top), u, v)
    const b = dot(corner(left + 1, top), u - 1, v)
    const c = dot(corner(left, top + 1), u, v - 1)
    const d = dot(corner(left + 1, top + 1), u - 1, v - 1)
    const upper = a + (b - a) * across
    const lower = c + (d - c) * across
    return GAIN * (upper + (lower - upper) * fade(v))
  }
}

/** Octaves of a field, each twice as fine and `persistence` times as strong; scaled to keep about −1..1. */
export function fractalNoise(field: NoiseField, octaves: number, persistence = 0.5): NoiseField {
  let total = 0
  for (let octave = 0; octave < octaves; octave++) total += persistence ** octave
  return (x, y) => {
    let sum = 0
    let strength = 1
    let scale = 1
    for (let octave = 0; octave < octaves; octave++) {
      // Octaves are shifted apart, or their zeros would meet in one point.
      sum += strength * field(x * scale + 17.3 * octave, y * scale + 31.7 * octave)
      strength *= persistence
      scale *= 2
    }
    return sum / total
  }
}
