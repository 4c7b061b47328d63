import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeRadiance } from '../../../scripts/places/encode-radiance.ts'
import { StudioError } from '../../domain/errors.ts'
import { SRGB_TO_REC2020 } from '../pixels/colour.ts'
import { createRaster } from '../pixels/raster.ts'
import { parseRadiance } from './radiance.ts'

const file = (header: string, ...body: number[]) => Buffer.concat([Buffer.from(header, 'latin1'), Buffer.from(body)])
const HEAD = '#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n'

describe('parseRadiance', () => {
  it('reads flat pixels by the definition: (mantissa + ½) · 2^(exponent − 136)', () => {
    const { data } = parseRadiance(
      file(`${HEAD}PRIMARIES= 0.708 0.292 0.17 0.797 0.131 0.046 0.3127 0.329\n\n-Y 1 +X 1\n`, 128, 64, 32, 129)
    )
    expect(data[0]).toBeCloseTo(128.5 / 128, 5)
    expect(data[1]).toBeCloseTo(64.5 / 128, 5)
    expect(data[2]).toBeCloseTo(32.5 / 128, 5)
  })

  it('takes pictures without primaries for sRGB and undoes their exposure', () => {
    const { data } = parseRadiance(file(`${HEAD}EXPOSURE=2\n\n-Y 1 +X 1\n`, 255, 0, 0, 128))
    const red = 255.5 / 256 / 2
    expect(data[0]).toBeCloseTo(SRGB_TO_REC2020[0] * red, 2)
    expect(data[1]).toBeCloseTo(SRGB_TO_REC2020[3] * red, 2)
  })

  it('repeats old-style runs', () => {
    const { data } = parseRadiance(file(`${HEAD}\n-Y 1 +X 4\n`, 100, 100, 100, 128, 1, 1, 1, 3))
    for (let c = 0; c < 12; c++) expect(data[c]).toBeCloseTo(100.5 / 256, 3)
  })

  it('gets back what the build writes, to the precision of the format', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 8, max: 300 }),
        fc.integer({ min: 1, max: 4 }),
        fc.infiniteStream(fc.oneof(fc.constant(0.25), fc.double({ min: 1e-4, max: 1e4, noNaN: true }))),
        (width, height, values) => {
          const raster = createRaster(width, height, 3)
          for (let at = 0; at < raster.data.length; at++) raster.data[at] = values.next().value
          const back = parseRadiance(encodeRadiance(raster))
          for (let at = 0; at < raster.data.length; at += 3) {
            const peak = Math.max(...raster.data.subarray(at, at + 3))
            for (let c = 0; c < 3; c++) {
              expect(Math.abs((back.data[at + c] ?? 0) - (raster.data[at + c] ?? 0))).toBeLessThan(peak / 200)
            }
          }
        }
      ),
      { numRuns: 30 }
    )
  })

  it('refuses what is damaged with an error of ours and never with another', () => {
    const whole = encodeRadiance(createRaster(16, 8, 3))
    fc.assert(
      fc.property(
        fc.nat(whole.length - 1),
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 }),
        (length, changes) => {
          const bytes = Buffer.from(whole)
          for (const [at, value] of changes) bytes[at] = value
          try {
            parseRadiance(bytes.subarray(0, length))
          } catch (error) {
            expect(error).toBeInstanceOf(StudioError)
          }
        }
      ),
      { numRuns: 500 }
    )
    expect(() => parseRadiance(whole.subarray(0, whole.length - 1))).toThrow(/ends too early/)
  })

  it.each([
    ['no mark', 'RADIANCE\n\n-Y 1 +X 1\n', /does not begin/],
    ['another format', '#?RADIANCE\nFORMAT=32-bit_rle_xyze\n\n-Y 1 +X 1\n', /xyze/],
    ['a turned layout', `${HEAD}\n+Y 1 +X 1\n`, /layout/],
    ['no pixels', `${HEAD}\n-Y 0 +X 1\n`, /no pixels/],
    ['a size that would fill the memory', `${HEAD}\n-Y 99999 +X 99999\n`, /too large/],
    ['an exposure of nothing', `${HEAD}EXPOSURE=x\n\n-Y 1 +X 1\n`, /exposure/],
    ['primaries on one line', `${HEAD}PRIMARIES=.1 .1 .2 .2 .3 .3 .3 .3\n\n-Y 1 +X 1\n`, /primaries/]
  ])('refuses %s', (_, text, message) => {
    expect(() => parseRadiance(file(text, 1, 2, 3, 4))).toThrow(message)
  })
})
