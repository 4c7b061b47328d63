import { describe, expect, it } from 'vitest'
import { type Growth, type RootedHead, settleRooted } from './rooted.ts'

const [WIDTH, HEIGHT, FACE] = [40, 12, 4]
const at = (x: number, y: number) => y * WIDTH + x
const cost = new Float32Array(WIDTH * HEIGHT).fill(1)
const head = (...roots: number[]): RootedHead => ({ roots, cost })

/** Hair in row 5 between pairs of columns. */
function hairBetween(...strands: (readonly [number, number])[]): Growth {
  const share = new Float32Array(WIDTH * HEIGHT)
  for (const [left, right] of strands) for (let x = left; x < right; x++) share[at(x, 5)] = 0.9
  return { share, width: WIDTH, height: HEIGHT, isWhole: true }
}

const everywhere = (lead: number) => new Float32Array(WIDTH * HEIGHT).fill(lead)

describe('settleRooted', () => {
  it('leaves a person the lock that hangs together with their head, far away as it may be', () => {
    const terrain = hairBetween([2, 30])
    const settled = settleRooted(everywhere(-2), head(at(3, 5)), [head(at(35, 5))], terrain, FACE)
    expect(settled[at(29, 5)]).toBeGreaterThan(1)
    expect(settled[at(29, 6)]).toBe(-2)
  })

  it("takes away a lock of a neighbour's hair, near as it may be", () => {
    const terrain = hairBetween([2, 8], [9, 36])
    const settled = settleRooted(everywhere(2), head(at(3, 5)), [head(at(35, 5))], terrain, FACE)
    expect(settled[at(10, 5)]).toBeLessThan(-1)
    expect(settled[at(4, 5)]).toBeGreaterThan(1)
  })

  it('draws the line in hair that meets where both are as far to walk', () => {
    const terrain = hairBetween([2, 36])
    const settled = settleRooted(everywhere(0), head(at(4, 5)), [head(at(34, 5))], terrain, FACE)
    expect(settled[at(12, 5)]).toBeGreaterThan(1)
    expect(settled[at(26, 5)]).toBeLessThan(-1)
  })

  it('draws it in skin that meets, and leaves bare arms that hang together with one head alone as they were', () => {
    const skin = { ...hairBetween([2, 36]), isWhole: false }
    expect(settleRooted(everywhere(0), head(at(4, 5)), [head(at(34, 5))], skin, FACE)[at(26, 5)]).toBeLessThan(-1)
    expect(settleRooted(everywhere(1), head(), [head(at(34, 5))], skin, FACE)).toEqual(everywhere(1))
  })

  it('says nothing of hair nobody is known to have', () => {
    const lead = everywhere(1)
    expect(settleRooted(lead, head(), [head(at(35, 5))], hairBetween([2, 20]), FACE)).toEqual(lead)
  })
})
