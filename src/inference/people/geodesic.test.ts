import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { geodesicDistance } from './geodesic.ts'

const WIDTH = 17
const HEIGHT = 13
const plain = () => new Float32Array(WIDTH * HEIGHT).fill(1)

describe('geodesicDistance', () => {
  it('is the octile distance where every step costs the same', () => {
    const seed = 5 * WIDTH + 4
    const distance = geodesicDistance(plain(), WIDTH, HEIGHT, [seed])
    for (let at = 0; at < distance.length; at++) {
      const [dx, dy] = [Math.abs((at % WIDTH) - 4), Math.abs(Math.floor(at / WIDTH) - 5)]
      const octile = Math.max(dx, dy) + (Math.SQRT2 - 1) * Math.min(dx, dy)
      expect(distance[at]).toBeCloseTo(octile, 4)
    }
  })

  it('walks through the gap of a wall', () => {
    const cost = plain()
    for (let y = 0; y < HEIGHT; y++) if (y !== HEIGHT - 1) cost[y * WIDTH + 8] = 1000
    const distance = geodesicDistance(cost, WIDTH, HEIGHT, [0])
    expect(distance[10]).toBeGreaterThan(2 * (HEIGHT - 1) - 4)
    expect(distance[10]).toBeLessThan(1000)
  })

  it('never differs between neighbours by more than the step between them', () => {
    const costs = fc.array(fc.float({ min: Math.fround(0.1), max: 20, noNaN: true }), {
      minLength: WIDTH * HEIGHT,
      maxLength: WIDTH * HEIGHT
    })
    fc.assert(
      fc.property(costs, fc.nat(WIDTH * HEIGHT - 1), (values, seed) => {
        const cost = Float32Array.from(values)
        const distance = geodesicDistance(cost, WIDTH, HEIGHT, [seed])
        for (let at = 0; at + 1 < distance.length; at++) {
          if ((at + 1) % WIDTH === 0) continue
          const [here, next] = [distance[at] ?? 0, distance[at + 1] ?? 0]
          expect(next).toBeLessThanOrEqual(here + (cost[at + 1] ?? 0) + 1e-3)
          expect(here).toBeLessThanOrEqual(next + (cost[at] ?? 0) + 1e-3)
        }
      }),
      { numRuns: 40 }
    )
  })
})
