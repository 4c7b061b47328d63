import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HexColour } from '../../domain/parameters/background.ts'
import { farthest, range } from '../pixels/raster.fixture.ts'
import { resize } from '../pixels/resample.ts'
import { renderCanvas } from './painted-canvas.ts'
import { renderPlain } from './plain.ts'
import { renderSweep } from './studio-sweep.ts'

const colour = fc.nat(0xffffff).map((code): HexColour => `#${code.toString(16).padStart(6, '0')}`)
const seed = fc.nat(1e6)
const gain = fc.double({ min: 0.25, max: 4, noNaN: true })
const size = fc.record({ width: fc.integer({ min: 1, max: 24 }), height: fc.integer({ min: 1, max: 24 }) })

describe.each([
  ['a studio sweep', renderSweep],
  ['a painted canvas', renderCanvas]
] as const)('%s', (_name, render) => {
  it('is display light in any colour, size and light, the same by its seed, and the lighter the more light', () => {
    fc.assert(
      fc.property(size, colour, seed, gain, (frame, of, by, light) => {
        const picture = render(frame, of, by, light)
        expect(picture).toMatchObject(frame)
        const { least, most } = range(picture.data)
        expect(least).toBeGreaterThanOrEqual(0)
        expect(most).toBeLessThan(1)
        expect(render(frame, of, by, light).data).toEqual(picture.data)
        const lighter = render(frame, of, by, 1.3 * light).data
        expect(lighter.every((value, at) => value >= (picture.data[at] ?? 0) - 1e-6)).toBe(true)
      }),
      { numRuns: 40 }
    )
  })

  it('is the same picture at another size', () => {
    fc.assert(
      fc.property(colour, seed, (of, by) => {
        const [small, large] = [
          render({ width: 40, height: 50 }, of, by, 1),
          render({ width: 120, height: 150 }, of, by, 1)
        ]
        expect(farthest(resize(large, 40, 50, 'area').data, small.data)).toBeLessThan(0.03)
      }),
      { numRuns: 6 }
    )
  })
})

describe('a plain background', () => {
  it('is the same everywhere and at every size', () => {
    fc.assert(
      fc.property(size, colour, (frame, of) => {
        const pixel = renderPlain({ width: 1, height: 1 }, of).data
        expect(renderPlain(frame, of).data.every((value, at) => value === pixel[at % 3])).toBe(true)
      }),
      { numRuns: 30 }
    )
  })
})
