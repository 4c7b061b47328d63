import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { apply, invert } from '../pixels/affine.ts'
import { cropTransform } from './face-crop.ts'

const coordinate = fc.double({ min: -5000, max: 5000, noNaN: true })
const square = fc.record({
  centre: fc.record({ x: coordinate, y: coordinate }),
  side: fc.double({ min: 1, max: 5000, noNaN: true }),
  tilt: fc.double({ min: -180, max: 180, noNaN: true })
})

describe('cropTransform', () => {
  it('takes the middle to the middle and keeps the side', () => {
    fc.assert(
      fc.property(square, fc.integer({ min: 16, max: 256 }), (crop, pixels) => {
        const transform = cropTransform(crop, pixels)
        const middle = apply(transform, { x: pixels / 2, y: pixels / 2 })
        expect(middle.x).toBeCloseTo(crop.centre.x, 5)
        expect(middle.y).toBeCloseTo(crop.centre.y, 5)
        const [left, right] = [apply(transform, { x: 0, y: 0 }), apply(transform, { x: pixels, y: 0 })]
        expect(Math.hypot(right.x - left.x, right.y - left.y)).toBeCloseTo(crop.side, 5)
      })
    )
  })

  it('comes back to where it started', () => {
    fc.assert(
      fc.property(square, fc.record({ x: coordinate, y: coordinate }), (crop, point) => {
        const transform = cropTransform(crop, 192)
        const back = apply(transform, apply(invert(transform), point))
        expect(back.x).toBeCloseTo(point.x, 4)
        expect(back.y).toBeCloseTo(point.y, 4)
      })
    )
  })

  it('turns clockwise for a positive tilt', () => {
    const transform = cropTransform({ centre: { x: 0, y: 0 }, side: 100, tilt: 90 }, 100)
    const rightEdge = apply(transform, { x: 100, y: 50 })
    expect(rightEdge.x).toBeCloseTo(0, 9)
    expect(rightEdge.y).toBeCloseTo(50, 9)
  })
})
