import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { settleBorder } from './settle-border.ts'

const SIZE = 24

/** Grey to the left of a column, darker to the right of it. */
function twoTones(column: number, contrast = 0.3): Float32Array {
  const lab = new Float32Array(SIZE * SIZE * 3)
  for (let at = 0; at < SIZE * SIZE; at++) lab[3 * at] = 0.6 - (at % SIZE >= column ? contrast : 0)
  return lab
}

/** Odds that fall evenly from left to right and are even at a column. */
const slope = (even: number) => Float32Array.from({ length: SIZE * SIZE }, (_, at) => 0.1 * (even - (at % SIZE) - 0.5))

/** The column from which on places are somebody else's, in the middle row. */
function borderOf(share: Float32Array): number {
  const row = share.subarray((SIZE / 2) * SIZE, (SIZE / 2 + 1) * SIZE)
  return row.findIndex((value) => value < 0.5)
}

const settle = (odds: Float32Array, lab: Float32Array) => settleBorder(odds, { width: SIZE, height: SIZE, lab })

describe('settleBorder', () => {
  it('moves a border onto an edge of the picture that is near it', () => {
    for (const guess of [10, 11, 13, 14]) expect(borderOf(settle(slope(guess), twoTones(12)))).toBe(12)
  })

  it('leaves the border where it is in an even picture, and far from every edge', () => {
    expect(borderOf(settle(slope(9), twoTones(12, 0)))).toBe(9)
    expect(borderOf(settle(slope(4), twoTones(20)))).toBe(4)
  })

  it('gives shares, the same every time, and mirrors when person and neighbour change places', () => {
    const odds = fc.array(fc.double({ min: -9, max: 9, noNaN: true }), {
      minLength: SIZE * SIZE,
      maxLength: SIZE * SIZE
    })
    fc.assert(
      fc.property(odds, fc.integer({ min: 0, max: SIZE }), (values, column) => {
        const lab = twoTones(column)
        const share = settle(Float32Array.from(values), lab)
        const mirrored = settle(
          Float32Array.from(values, (value) => -value),
          lab
        )
        expect(share.every((value) => value > 0 && value < 1)).toBe(true)
        expect(share.every((value, at) => Math.abs(1 - value - (mirrored[at] ?? 0)) < 1e-3)).toBe(true)
        expect(settle(Float32Array.from(values), lab)).toEqual(share)
      }),
      { numRuns: 20 }
    )
  })
})
