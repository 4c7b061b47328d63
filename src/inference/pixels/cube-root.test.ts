import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cubeRoot } from './cube-root.ts'

it('is the cube root to 3e-7, of either sign and beyond white', () => {
  fc.assert(
    fc.property(fc.double({ min: -2, max: 4, noNaN: true }), (value) => {
      expect(Math.abs(cubeRoot(value) - Math.cbrt(value))).toBeLessThan(3e-7)
    })
  )
})

it('stays as close where the table begins and ends, and never falls', () => {
  let before = cubeRoot(0)
  for (let step = 1; step <= 400_000; step++) {
    const value = step < 200_000 ? step * 5e-9 : 0.999 + (step - 200_000) * 1e-8
    const root = cubeRoot(value)
    if (!(root >= before && Math.abs(root - Math.cbrt(value)) < 3e-7)) expect.fail(`${value} gives ${root}`)
    before = root
  }
})

it('is exact for black and white, and NaN for NaN', () => {
  expect([cubeRoot(0), cubeRoot(1), cubeRoot(Number.NaN)]).toEqual([0, 1, Number.NaN])
})
