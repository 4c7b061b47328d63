import type { Size } from '../../domain/geometry.ts'
import type { HexColour } from '../../domain/parameters/background.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { rollOff } from './film-curve.ts'
import { nominalWidth } from './frame.ts'
import { linearColour } from './plain.ts'
import { seededRandom } from './seeded-random.ts'

/** The lit spot on a studio background; lengths in widths of a 4:5 picture. */
export interface LightPool {
  /** Middle of the spot from the middle of the frame; y grows downwards. */
  readonly x: number
  readonly y: number
  /** Where the light has fallen to about half. */
  readonly radius: number
  /** Light in the middle and far outside over that at the radius. */
  readonly peak: number
  readonly floor: number
}

/** The spot stands behind head and shoulders and leans a little to one side, as a lamp on a stand does. */
export function lightPool(seed: number): LightPool {
  const random = seededRandom(seed)
  const side = random() < 0.5 ? -1 : 1
  return {
    x: side * (0.04 + 0.1 * random()),
    y: -0.1 + 0.1 * random(),
    radius: 0.55 + 0.12 * random(),
    peak: 2,
    floor: 0.16
  }
}

/** Light of the pool at a point, in widths from the middle of the frame; smooth everywhere. */
export function poolLight(pool: LightPool, x: number, y: number): number {
  const dx = (x - pool.x) / pool.radius
  // A sweep runs out towards the floor, where less of the lamp reaches it, and rises less above the head.
  const dy = ((y - pool.y) / pool.radius) * (y > pool.y ? 0.95 : 0.85)
  // A lamp at the distance of the radius in front of a matt wall: cos⁴ of the angle of incidence.
  const fall = 1 / (1 + 0.55 * (dx * dx + dy * dy)) ** 2
  return pool.floor + (pool.peak - pool.floor) * fall
}

/** A seamless paper background with one lamp on it: the colour asked for about the head, lighter behind it, darker outside. */
export function renderSweep(size: Size, colour: HexColour, seed: number, gain: number): Raster {
  const { width, height } = size
  const picture = createRaster(width, height, 3)
  const [r, g, b] = linearColour(colour)
  const pool = lightPool(seed)
  const unit = 1 / nominalWidth(size)
  for (let row = 0, at = 0; row < height; row++) {
    const y = (row + 0.5 - height / 2) * unit
    for (let column = 0; column < width; column++, at += 3) {
      const light = poolLight(pool, (column + 0.5 - width / 2) * unit, y) * gain
      picture.data[at] = rollOff(r * light)
      picture.data[at + 1] = rollOff(g * light)
      picture.data[at + 2] = rollOff(b * light)
    }
  }
  return picture
}
