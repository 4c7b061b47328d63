import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { farthest, range } from '../pixels/raster.fixture.ts'
import { resize } from '../pixels/resample.ts'
import type { CutSide } from './body-cuts.ts'
import { edgeFade } from './edge-fade.ts'
import type { Frame } from './frame.ts'

const PHOTO = { width: 400, height: 500 }
const sides = fc.subarray<CutSide>(['left', 'right', 'top', 'bottom'], { minLength: 1 })
const frame: fc.Arbitrary<Frame> = fc
  .record({
    centre: fc.record({ x: fc.integer({ min: 150, max: 250 }), y: fc.integer({ min: 150, max: 350 }) }),
    width: fc.integer({ min: 100, max: 380 }),
    angle: fc.double({ min: -0.3, max: 0.3, noNaN: true })
  })
  .map((shown) => ({ ...shown, height: 1.25 * shown.width }))
const cutsAt = (cut: readonly CutSide[]) => cut.map((side) => ({ side, x: 0, y: 0 }))
const fadeOf = (cut: readonly CutSide[], shown: Frame, width: number, height: number) =>
  edgeFade(cutsAt(cut), shown, PHOTO, { width, height })

describe('edgeFade', () => {
  it('is a share that only takes, the more the more sides are cut, and the same at every size', () => {
    fc.assert(
      fc.property(sides, frame, (cut, shown) => {
        const fade = fadeOf(cut, shown, 40, 50)
        const all = fadeOf(['left', 'right', 'top', 'bottom'], shown, 40, 50)
        const large = fadeOf(cut, shown, 120, 150)
        if (!fade || !all || !large) throw new Error('a cut fades')
        expect(range(fade.data).least).toBeGreaterThanOrEqual(0)
        expect(range(fade.data).most).toBeLessThanOrEqual(1)
        expect(all.data.every((value, at) => value <= (fade.data[at] ?? 0))).toBe(true)
        expect(farthest(resize(large, 40, 50, 'area').data, fade.data)).toBeLessThan(0.05)
      }),
      { numRuns: 30 }
    )
  })

  it('is none where nothing is cut', () => {
    expect(fadeOf([], { centre: { x: 200, y: 250 }, width: 300, height: 375, angle: 0 }, 40, 50)).toBeNull()
  })
})
