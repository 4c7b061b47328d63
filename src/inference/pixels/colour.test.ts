import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  applyMatrix,
  fromOklab,
  fromSrgbBytes,
  invertMatrix,
  labD50,
  labD65,
  luminance,
  type Matrix3,
  multiplyMatrices,
  REC2020_TO_P3,
  REC2020_TO_SRGB,
  SRGB_TO_REC2020,
  srgbDecode,
  srgbDecodeClipped,
  srgbEncode,
  srgbEncodeClipped,
  toOklab,
  toSrgbBytes,
  XYZ_TO_REC2020
} from './colour.ts'
import { createRaster } from './raster.ts'

const unit = fc.double({ min: 0, max: 1, noNaN: true })
const byte = fc.integer({ min: 0, max: 255 })

function converted(matrix: Matrix3, ...rgb: [number, number, number]): [number, number, number] {
  const data = Float32Array.from(rgb)
  applyMatrix(data, matrix)
  return [data[0] ?? 0, data[1] ?? 0, data[2] ?? 0]
}

describe('RGB spaces', () => {
  it('agree with the matrix of ITU-R BT.2087-0 between Rec. 2020 and Rec. 709', () => {
    const published = [1.6605, -0.5876, -0.0728, -0.1246, 1.1329, -0.0083, -0.0182, -0.1006, 1.1187]
    REC2020_TO_SRGB.forEach((value, at) => {
      expect(value).toBeCloseTo(published[at] ?? 0, 3)
    })
  })

  it('weigh luminance as ITU-R BT.2020-2 does', () => {
    expect(luminance(1, 0, 0)).toBeCloseTo(0.2627, 4)
    expect(luminance(0, 1, 0)).toBeCloseTo(0.678, 4)
    expect(luminance(0, 0, 1)).toBeCloseTo(0.0593, 4)
  })

  it('keep white white', () => {
    for (const matrix of [REC2020_TO_SRGB, REC2020_TO_P3, SRGB_TO_REC2020]) {
      for (const value of converted(matrix, 1, 1, 1)) expect(value).toBeCloseTo(1, 6)
    }
  })

  it('turn back by the inverse', () => {
    const identity = multiplyMatrices(REC2020_TO_SRGB, invertMatrix(REC2020_TO_SRGB))
    identity.forEach((value, at) => {
      expect(value).toBeCloseTo(at % 4 === 0 ? 1 : 0, 12)
    })
  })
})

describe('sRGB transfer function', () => {
  it('has the values of IEC 61966-2-1', () => {
    expect(srgbDecode(0.5)).toBeCloseTo(0.214041, 6)
    expect(srgbEncode(0.18)).toBeCloseTo(0.461356, 6)
    expect(srgbDecode(1)).toBeCloseTo(1, 12)
  })

  it('turns back, on both sides of zero', () => {
    fc.assert(
      fc.property(fc.double({ min: -2, max: 2, noNaN: true }), (value) => {
        expect(srgbDecode(srgbEncode(value))).toBeCloseTo(value, 6)
      })
    )
  })

  it('is met by its tables to a fifteenth of a 16-bit step', () => {
    fc.assert(
      fc.property(unit, (value) => {
        expect(Math.abs(srgbEncodeClipped(value) - srgbEncode(value))).toBeLessThan(1e-6)
        expect(Math.abs(srgbDecodeClipped(value) - srgbDecode(value))).toBeLessThan(1e-6)
      }),
      { numRuns: 2000 }
    )
  })

  it('clips in the tables, NaN to black', () => {
    expect([-1, Number.NaN, 0, 1, 7].map(srgbEncodeClipped)).toEqual([0, 0, 0, 1, 1])
    expect([-1, Number.NaN, 0, 1, 7].map(srgbDecodeClipped)).toEqual([0, 0, 0, 1, 1])
  })
})

describe('Oklab', () => {
  // The table of https://bottosson.github.io/posts/oklab/, XYZ to Oklab.
  it.each([
    [
      [0.95, 1, 1.089],
      [1, 0, 0]
    ],
    [
      [1, 0, 0],
      [0.45, 1.236, -0.019]
    ],
    [
      [0, 1, 0],
      [0.922, -0.671, 0.263]
    ],
    [
      [0, 0, 1],
      [0.153, -1.415, -0.449]
    ]
  ] as const)('of XYZ %j is %j', (xyz, expected) => {
    const lab = new Float64Array(3)
    const [x, y, z] = xyz
    toOklab(lab, 0, ...converted(XYZ_TO_REC2020, x, y, z))
    expected.forEach((value, at) => {
      expect(lab[at]).toBeCloseTo(value, 2.9)
    })
  })

  it('turns back', () => {
    const buffer = new Float64Array(6)
    fc.assert(
      fc.property(unit, unit, unit, (r, g, b) => {
        toOklab(buffer, 0, r, g, b)
        fromOklab(buffer, 3, buffer[0] ?? 0, buffer[1] ?? 0, buffer[2] ?? 0)
        // Cube roots come from a table.
        expect(buffer[3]).toBeCloseTo(r, 7)
        expect(buffer[4]).toBeCloseTo(g, 7)
        expect(buffer[5]).toBeCloseTo(b, 7)
      })
    )
  })
})

describe('CIE Lab', () => {
  // http://www.brucelindbloom.com (sRGB red, 2° observer), and CSS Color 4's sample conversions.
  it('of sRGB red is the published one under D65 and D50', () => {
    const red = converted(SRGB_TO_REC2020, 1, 0, 0)
    const { L, a, b } = labD65(...red)
    expect(L).toBeCloseTo(53.24, 1)
    expect(a).toBeCloseTo(80.09, 0.9)
    expect(b).toBeCloseTo(67.2, 0.9)
    const d50 = labD50(...red)
    expect(d50.L).toBeCloseTo(54.29, 1)
    expect(d50.a).toBeCloseTo(80.81, 0.9)
    expect(d50.b).toBeCloseTo(69.89, 0.9)
  })

  it('of white is 100, 0, 0', () => {
    for (const white of [labD65(1, 1, 1), labD50(1, 1, 1)]) {
      expect(white.L).toBeCloseTo(100, 6)
      expect(white.a).toBeCloseTo(0, 2)
      expect(white.b).toBeCloseTo(0, 2)
    }
  })
})

describe('sRGB bytes', () => {
  it('come back as they went, whatever the colour', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(byte, byte, byte), { minLength: 1, maxLength: 40 }), (pixels) => {
        const bytes = Uint8Array.from(pixels.flat())
        expect(toSrgbBytes(fromSrgbBytes(bytes, pixels.length, 1))).toEqual(bytes)
      })
    )
  })

  it('keep the hue of what does not fit into sRGB', () => {
    const before = new Float64Array(3)
    const after = new Float64Array(3)
    const hue = (lab: Float64Array) => Math.atan2(lab[2] ?? 0, lab[1] ?? 0)
    fc.assert(
      fc.property(unit, unit, unit, (r, g, b) => {
        const raster = createRaster(1, 1, 3)
        raster.data.set([r, g, b])
        toOklab(before, 0, r, g, b)
        const [x = 0, y = 0, z = 0] = fromSrgbBytes(toSrgbBytes(raster), 1, 1).data
        toOklab(after, 0, x, y, z)
        const chroma = Math.hypot(after[1] ?? 0, after[2] ?? 0)
        // Near grey and near black one byte step turns the hue a lot.
        fc.pre(chroma > 0.05 && (before[0] ?? 0) > 0.25)
        const turn = Math.abs(hue(before) - hue(after))
        expect(Math.min(turn, 2 * Math.PI - turn)).toBeLessThan(0.06)
        expect(after[0]).toBeCloseTo(before[0] ?? 0, 1.7)
      }),
      { numRuns: 500 }
    )
  })

  it('are white above white and black where a value is not a number', () => {
    const raster = createRaster(2, 1, 3)
    raster.data.set([4, 3, 2, Number.NaN, Number.NaN, Number.NaN])
    expect([...toSrgbBytes(raster)]).toEqual([255, 255, 255, 0, 0, 0])
  })
})
