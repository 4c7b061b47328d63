import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alignment, type Similarity } from './alignment.ts'

const point = fc.record({ x: fc.integer({ min: 0, max: 4000 }), y: fc.integer({ min: 0, max: 4000 }) })
const eyes = fc.tuple(point, point).filter(([p, q]) => Math.hypot(p.x - q.x, p.y - q.y) > 4)
const size = fc.record({ width: fc.integer({ min: 64, max: 4000 }), height: fc.integer({ min: 64, max: 4000 }) })
const apply = ([a, b, c, d, e, f]: Similarity, { x, y }: { x: number; y: number }) => ({
  x: a * x + c * y + e,
  y: b * x + d * y + f
})

describe('laying one picture over another', () => {
  it('brings eye to eye', () => {
    fc.assert(
      fc.property(eyes, eyes, size, size, (from, to, a, b) => {
        const laid = alignment({ eyes: from, size: a }, { eyes: to, size: b })
        for (const index of [0, 1] as const) {
          const [got, want] = [apply(laid, from[index]), to[index]]
          expect(Math.hypot(got.x - want.x, got.y - want.y)).toBeLessThan(1e-3)
        }
      })
    )
  })

  it('covers the other where no eyes are known, without stretching it', () => {
    fc.assert(
      fc.property(size, size, (a, b) => {
        const laid = alignment({ eyes: null, size: a }, { eyes: null, size: b })
        const topLeft = apply(laid, { x: 0, y: 0 })
        const bottomRight = apply(laid, { x: a.width, y: a.height })
        expect(laid[0]).toBe(laid[3])
        expect(Math.max(topLeft.x, topLeft.y)).toBeLessThanOrEqual(1e-6)
        expect(bottomRight.x).toBeGreaterThanOrEqual(b.width - 1e-6)
        expect(bottomRight.y).toBeGreaterThanOrEqual(b.height - 1e-6)
      })
    )
  })
})
