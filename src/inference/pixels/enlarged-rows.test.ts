import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EnlargedRows } from './enlarged-rows.ts'
import { anyCuts, anyRaster, stripsOf } from './raster.fixture.ts'
import { createRaster } from './raster.ts'
import { resize } from './resample.ts'

const enlarged = fc
  .tuple(fc.constantFrom<1 | 3>(1, 3), fc.nat(9), fc.nat(9))
  .chain(([channels, wider, higher]) =>
    fc.tuple(anyRaster(channels, { width: [1, 8], height: [1, 8] }), fc.constant({ wider, higher }))
  )

describe('EnlargedRows', () => {
  it('gives what enlarging the whole layer gives, in whatever strips, and leaves what is not wanted', () => {
    fc.assert(
      fc.property(enlarged, anyCuts, fc.infiniteStream(fc.boolean()), ([layer, { wider, higher }], cuts, chosen) => {
        const size = { width: layer.width + wider, height: layer.height + higher }
        const whole = resize(layer, size.width, size.height, 'bilinear').data
        for (const [top, count] of stripsOf(size.height, cuts)) {
          const rows = new EnlargedRows(layer, size, top, count)
          for (let y = top; y < top + count; y++) {
            const wanted = Uint8Array.from({ length: size.width }, () => (chosen.next().value ? 1 : 0))
            rows.row.fill(-9)
            rows.moveTo(y)
            rows.enlarge(0, size.width, wanted)
            rows.row.forEach((value, at) => {
              const x = Math.floor(at / layer.channels)
              const expected = wanted[x] === 1 ? (whole[y * size.width * layer.channels + at] ?? 0) : -9
              expect(value).toBeCloseTo(expected, 5)
            })
          }
        }
      }),
      { numRuns: 60 }
    )
  })

  it('refuses a layer that is larger than the picture', () => {
    const make = () => new EnlargedRows(createRaster(5, 2, 1), { width: 4, height: 2 }, 0, 2)
    expect(make).toThrowError(/larger/)
  })
})
