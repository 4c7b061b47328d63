import { describe, expect, it } from 'vitest'
import { appearanceOf } from './appearance.ts'

/** Places of one Oklab colour each. */
const places = (...colours: readonly (readonly [number, number, number])[]) => Float32Array.from(colours.flat())

describe('appearanceOf', () => {
  const red = [0.5, 0.15, 0.08] as const
  const green = [0.5, -0.12, 0.1] as const
  const skin = [0.7, 0.04, 0.05] as const
  const oneKind = (lab: Float32Array) => new Uint8Array(lab.length / 3)
  const many = <T>(value: T) => Array.from({ length: 50 }, () => value)

  it('tells the colours of one group from those of another', () => {
    const lab = places(...many(red), ...many(green), red, green)
    const likeness = appearanceOf(lab, oneKind(lab), Int8Array.from([...many(1), ...many(-1), 0, 0]))
    expect(likeness[100]).toBeGreaterThan(0.9)
    expect(likeness[101]).toBeLessThan(0.1)
  })

  it('says nothing of a colour both have or neither has, however many places each holds', () => {
    const lab = places(...many(skin), ...many(red), skin, skin, green)
    const groups = Int8Array.from([...many(1), ...many(1), -1, -1, 0])
    const likeness = appearanceOf(lab, oneKind(lab), groups)
    expect(likeness[0]).toBeGreaterThan(0.3)
    expect(likeness[0]).toBeLessThan(0.7)
    expect(likeness[102]).toBeCloseTo(0.5, 6)
  })

  it('compares only what is of one kind: black hair does not claim a black coat', () => {
    const [hair, coat] = [1, 3]
    const lab = places(...many(red), ...many(red), red, red)
    const groups = Int8Array.from([...many(1), ...many(-1), 0, 0])
    const likeness = appearanceOf(lab, Uint8Array.from([...many(hair), ...many(coat), hair, coat]), groups)
    expect(likeness[100]).toBeGreaterThan(0.9)
    expect(likeness[101]).toBeLessThan(0.1)
  })
})
