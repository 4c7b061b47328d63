import { describe, expect, it } from 'vitest'
import { settleLimbs } from './limbs.ts'
import { SKIN } from './terrain.ts'

const [WIDTH, HEIGHT, FACE] = [40, 10, 4]
const at = (x: number, y: number) => y * WIDTH + x

/** An arm along the middle rows between two columns; the person stands at the left edge. */
function armBetween(left: number, right: number) {
  const kinds = new Uint8Array(WIDTH * HEIGHT)
  for (let y = 4; y < 6; y++) for (let x = left; x < right; x++) kinds[at(x, y)] = SKIN
  const crow = Float32Array.from(kinds, (_, place) => (place % WIDTH) / FACE)
  return { terrain: { kinds, width: WIDTH, height: HEIGHT }, crow }
}

/** Skin on all rows. */
function tangle() {
  const { terrain, crow } = armBetween(10, 20)
  return { terrain: { ...terrain, kinds: terrain.kinds.map((_, place) => (place % WIDTH < 10 ? 0 : SKIN)) }, crow }
}

/** The person is ahead left of a column, somebody else from there on. */
const leadUpTo = (column: number) =>
  Float32Array.from({ length: WIDTH * HEIGHT }, (_, place) => (place % WIDTH < column ? 1 : -1))

describe('settleLimbs', () => {
  it('gives an arm whole to the person whom most of it went to', () => {
    const { terrain, crow } = armBetween(10, 20)
    const settled = settleLimbs(leadUpTo(17), crow, terrain, new Set(), FACE)
    expect(settled[at(19, 5)]).toBeGreaterThan(1)
    expect(settled[at(10, 5)]).toBeGreaterThan(1)
  })

  it('takes an arm away of which only the near end went to the person', () => {
    const { terrain, crow } = armBetween(10, 20)
    const settled = settleLimbs(leadUpTo(13), crow, terrain, new Set(), FACE)
    expect(settled[at(10, 5)]).toBeLessThan(-1)
  })

  it('leaves the places around it as they were', () => {
    const { terrain, crow } = armBetween(10, 20)
    expect(settleLimbs(leadUpTo(17), crow, terrain, new Set(), FACE)[at(19, 8)]).toBe(-1)
  })

  it.each([
    ['skin that goes on to a face', armBetween(10, 20), new Set([at(12, 4)])],
    ['what lies before the body', armBetween(0, 6), new Set<number>()],
    ['limbs of several people that lie across each other', tangle(), new Set<number>()],
    ['specks', armBetween(15, 17), new Set<number>()]
  ])('leaves %s alone', (_, { terrain, crow }, sure) => {
    const lead = leadUpTo(16)
    expect(settleLimbs(lead, crow, terrain, sure, FACE)).toEqual(lead)
  })
})
