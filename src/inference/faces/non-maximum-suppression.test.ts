import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { intersectionOverUnion, suppressOverlaps } from './non-maximum-suppression.ts'

const candidate = fc.record({
  box: fc.record({
    x: fc.integer({ min: 0, max: 200 }),
    y: fc.integer({ min: 0, max: 200 }),
    width: fc.integer({ min: 1, max: 80 }),
    height: fc.integer({ min: 1, max: 80 })
  }),
  confidence: fc.double({ min: 0, max: 1, noNaN: true })
})

describe('suppressOverlaps', () => {
  it('gives a third of overlap for boxes that share half of each', () => {
    const half = { x: 5, y: 0, width: 10, height: 10 }
    expect(intersectionOverUnion({ x: 0, y: 0, width: 10, height: 10 }, half)).toBeCloseTo(1 / 3, 12)
  })

  it('keeps the surest of one face and drops a part of it', () => {
    const whole = { box: { x: 0, y: 0, width: 100, height: 100 }, confidence: 0.8 }
    const shifted = { box: { x: 10, y: 5, width: 100, height: 100 }, confidence: 0.9 }
    const part = { box: { x: 40, y: 40, width: 20, height: 20 }, confidence: 0.7 }
    const other = { box: { x: 300, y: 0, width: 100, height: 100 }, confidence: 0.6 }
    expect(suppressOverlaps([whole, shifted, part, other], 0.3)).toEqual([shifted, other])
  })

  it('leaves no two that overlap, always keeps the surest, and is settled after one pass', () => {
    fc.assert(
      fc.property(fc.array(candidate, { maxLength: 30 }), (candidates) => {
        const kept = suppressOverlaps(candidates, 0.3)
        for (const [index, a] of kept.entries()) {
          for (const b of kept.slice(index + 1)) expect(intersectionOverUnion(a.box, b.box)).toBeLessThanOrEqual(0.3)
        }
        const surest = Math.max(...candidates.map((each) => each.confidence))
        if (candidates.length > 0) expect(kept[0]?.confidence).toBe(surest)
        expect(suppressOverlaps(kept, 0.3)).toEqual(kept)
      })
    )
  })
})
