import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fillPolygon } from './polygon.ts'

const SIZE = { width: 40, height: 30 }

function filled(points: readonly { x: number; y: number }[]): Uint8Array {
  const mask = new Uint8Array(SIZE.width * SIZE.height)
  fillPolygon(mask, SIZE, points, 1)
  return mask
}

describe('fillPolygon', () => {
  it('fills the pixels whose centres lie inside a box, and clips it to the mask', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -20, max: 60, noNaN: true }),
        fc.double({ min: -20, max: 60, noNaN: true }),
        fc.double({ min: 0.1, max: 50, noNaN: true }),
        fc.double({ min: 0.1, max: 50, noNaN: true }),
        (x, y, width, height) => {
          const mask = filled([
            { x, y },
            { x: x + width, y },
            { x: x + width, y: y + height },
            { x, y: y + height }
          ])
          const wrong = mask.findIndex((value, i) => {
            const [u, v] = [(i % SIZE.width) + 0.5, Math.floor(i / SIZE.width) + 0.5]
            const inside = u > x && u < x + width && v > y && v < y + height
            const outside = u < x || u > x + width || v < y || v > y + height
            return (inside && value === 0) || (outside && value === 1)
          })
          expect(wrong).toBe(-1)
        }
      )
    )
  })

  it('covers the area of a triangle', () => {
    const area = filled([
      { x: 2, y: 2 },
      { x: 38, y: 2 },
      { x: 2, y: 28 }
    ]).reduce((sum, value) => sum + value, 0)
    expect(Math.abs(area - (36 * 26) / 2)).toBeLessThan(20)
  })

  it('clears as well as it sets', () => {
    const mask = new Uint8Array(SIZE.width * SIZE.height).fill(1)
    fillPolygon(
      mask,
      SIZE,
      [
        { x: 0, y: 0 },
        { x: 40, y: 0 },
        { x: 40, y: 30 },
        { x: 0, y: 30 }
      ],
      0
    )
    expect(mask.some((value) => value === 1)).toBe(false)
  })
})
