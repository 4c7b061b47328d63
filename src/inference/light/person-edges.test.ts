import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FACE_OVAL } from '../faces/mesh-indices.ts'
import { anyRaster, farthest, range } from '../pixels/raster.fixture.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { resize } from '../pixels/resample.ts'
import { lightWrap } from './light-wrap.ts'
import { personShadow } from './person-shadow.ts'
import { fillPolygon } from './polygon.ts'

/** The lower half is the person. */
function halfMatte(): Raster {
  const matte = createRaster(100, 120, 1)
  matte.data.fill(1, 60 * 100)
  return matte
}

function backdrop(level: number): Raster {
  const raster = createRaster(50, 60, 3)
  raster.data.fill(level)
  return raster
}

describe('lightWrap', () => {
  const at = ({ data, width, channels }: Raster, x: number, y: number) => data[(y * width + x) * channels] ?? 0

  it('comes round the edge only, and more from a brighter backdrop', () => {
    const bright = lightWrap(halfMatte(), backdrop(0.9), { 'light.wrap': 1 })
    const dark = lightWrap(halfMatte(), backdrop(0.02), { 'light.wrap': 1 })
    expect(at(bright.amount, 50, 60)).toBeGreaterThan(0.02)
    expect(at(bright.amount, 50, 80)).toBeLessThan(0.001)
    expect(at(dark.amount, 50, 60)).toBeLessThan(0.1 * at(bright.amount, 50, 60))
  })

  it('adds no more light than the backdrop has', () => {
    const { amount, light } = lightWrap(halfMatte(), backdrop(0.8), { 'light.wrap': 1 })
    const outside = amount.data.filter((share) => !(share >= 0 && share <= 1))
    expect(outside.length).toBe(0)
    const added = amount.data.reduce(
      (most, share, at) => Math.max(most, Math.abs((light.data[3 * at] ?? 0) - 0.8 * share)),
      0
    )
    expect(added).toBeLessThan(1e-4)
  })

  it('mixes, whatever the picture: never more than there is, none well inside, the less the lower the setting', () => {
    const setting = fc.double({ min: 0, max: 1, noNaN: true })
    const [width, height] = [40, 40]
    fc.assert(
      fc.property(
        anyRaster(1, { width: [width, width], height: [height, height] }),
        anyRaster(3, { width: [3, 50], height: [3, 50] }),
        setting,
        (matte, behind, strength) => {
          matte.data.fill(1, 20 * width)
          const { amount, light } = lightWrap(matte, behind, { 'light.wrap': strength })
          expect(range(amount.data).least).toBeGreaterThanOrEqual(0)
          expect(range(amount.data).most).toBeLessThanOrEqual(0.16 * strength + 1e-6)
          expect(range(amount.data.subarray(30 * width)).most).toBeLessThan(1e-6)
          const { least, most } = range(behind.data)
          const beyond = light.data.filter((value, at) => {
            const share = amount.data[Math.floor(at / 3)] ?? 0
            return value < least * share - 1e-5 || value > most * share + 1e-5
          })
          expect(beyond.length).toBe(0)
          const half = lightWrap(matte, behind, { 'light.wrap': strength / 2 })
          expect(
            farthest(
              half.light.data,
              light.data.map((value) => value / 2)
            )
          ).toBeLessThan(1e-6)
        }
      ),
      { numRuns: 20 }
    )
  })

  it('is the same at every size of the picture', () => {
    const [matte, behind] = [halfMatte(), backdrop(0.8)]
    const large = lightWrap(resize(matte, 400, 480, 'area'), resize(behind, 400, 480, 'area'), { 'light.wrap': 1 })
    const small = lightWrap(resize(matte, 200, 240, 'area'), behind, { 'light.wrap': 1 })
    expect(farthest(resize(large.amount, 200, 240, 'area').data, small.amount.data)).toBeLessThan(0.01)
  })

  it('is nothing at a setting of 0', () => {
    expect(lightWrap(halfMatte(), backdrop(1), { 'light.wrap': 0 }).light.data.every((value) => value === 0)).toBe(true)
  })
})

describe('personShadow', () => {
  const points = Array.from({ length: 468 }, () => ({ x: 80, y: 70, z: 0 }))
  FACE_OVAL.forEach((index, at) => {
    const turn = (2 * Math.PI * at) / FACE_OVAL.length
    points[index] = { x: 80 + 30 * Math.sin(turn), y: 70 - 40 * Math.cos(turn), z: 0 }
  })
  const shadow = (strength: number) =>
    personShadow({ width: 160, height: 200 }, { points, presence: 1 }, { 'light.contactShadow': strength })

  it('falls on the neck and the lower edge and leaves the face', () => {
    const { data, width } = shadow(1)
    const at = (x: number, y: number) => data[y * width + x] ?? 0
    expect(at(80, 75)).toBeGreaterThan(0.98)
    expect(at(80, 114)).toBeLessThan(0.9)
    expect(at(80, 199)).toBeLessThan(0.75)
    expect(at(10, 40)).toBeGreaterThan(0.99)
    expect(data.every((value) => value > 0.4 && value <= 1)).toBe(true)
  })

  it('only takes light, the more the higher the setting, at any size alike', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 2, max: 6 }), (strength, scale) => {
        const [weak, strong] = [shadow(strength / 2), shadow(strength)]
        expect(range(strong.data).least).toBeGreaterThanOrEqual(0)
        expect(range(strong.data).most).toBeLessThanOrEqual(1)
        expect(strong.data.every((value, at) => value <= (weak.data[at] ?? 0) + 1e-7)).toBe(true)
        const larger = points.map(({ x, y, z }) => ({ x: x * scale, y: y * scale, z }))
        const frame = { width: 160 * scale, height: 200 * scale }
        const large = personShadow(frame, { points: larger, presence: 1 }, { 'light.contactShadow': strength })
        expect(farthest(resize(large, 160, 200, 'bilinear').data, strong.data)).toBeLessThan(0.03)
      }),
      { numRuns: 8 }
    )
  })

  it('is nothing at a setting of 0', () => {
    expect(shadow(0).data.every((value) => value === 1)).toBe(true)
  })
})

describe('fillPolygon', () => {
  it('fills the pixels whose middle is inside, also where the outline leaves the frame', () => {
    const mask = fillPolygon(
      [
        { x: -5, y: 1 },
        { x: 3, y: 1 },
        { x: 3, y: 3 },
        { x: -5, y: 3 }
      ],
      5,
      4
    )
    expect([...mask.data]).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0])
  })
})
