import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Point } from '../../domain/geometry.ts'
import { retouchSettingsSchema } from '../../domain/retouch-settings.ts'
import { FOREHEAD, LEFT_EYE } from '../faces/mesh-indices.ts'
import { samplePath } from '../faces/sample-photos.fixture.ts'
import { quietContext } from '../measure/sample-portraits.fixture.ts'
import type { Raster } from '../pixels/raster.ts'
import { type CutOut, openCutOut } from './cut-out.ts'
import { openReference } from './reference-photo.ts'
import { skinRetouch } from './skin-retouch.ts'

describe('the retouch of a face', () => {
  let cut: CutOut
  beforeAll(async () => {
    const reference = await openReference({ path: samplePath(6), face: 1 }, quietContext.signal)
    const { box } = reference.face
    const side = 2.6 * box.width
    const frame = {
      centre: { x: box.x + box.width / 2, y: box.y + box.height / 2 },
      width: side,
      height: side,
      angle: 0
    }
    const size = { width: 512, height: 512 }
    cut = await openCutOut({ reference, frame, size, settings: retouchSettingsSchema.parse({}) }, quietContext)
  })

  const pointOf = (indices: readonly number[]): Point => {
    const points = indices.flatMap((index) => cut.person.face.mesh.points[index] ?? [])
    const mean = (of: (point: Point) => number) => points.reduce((sum, point) => sum + of(point), 0) / points.length
    return { x: mean(({ x }) => x), y: mean(({ y }) => y) }
  }
  const cheek = () => pointOf([50])
  const forehead = () => {
    const [top, brow] = [pointOf([FOREHEAD]), pointOf([9])]
    return { x: (top.x + brow.x) / 2, y: (top.y + brow.y) / 2 }
  }
  const gainAt = (gain: Raster, { x, y }: Point, c = 1) =>
    gain.data[(Math.floor(y) * gain.width + Math.floor(x)) * 3 + c] ?? Number.NaN

  /** The person's colours with a round spot in which every channel goes by `share` to `to`. */
  const spotted = (at: Point, radius: number, to: number, share: number): Raster => {
    const data = cut.own.data.slice()
    for (let y = 0; y < cut.own.height; y++) {
      for (let x = 0; x < cut.own.width; x++) {
        const weight = share * Math.exp(-(((x - at.x) / radius) ** 2 + ((y - at.y) / radius) ** 2))
        const from = (y * cut.own.width + x) * 3
        for (let c = from; c < from + 3; c++) data[c] = (data[c] ?? 0) * (1 - weight) + to * weight
      }
    }
    return { ...cut.own, data }
  }

  it('does nothing at a strength of 0', () => {
    expect(skinRetouch(cut.own, cut.person, 0).data.every((value) => value === 1)).toBe(true)
  })

  it('takes shine off the skin, the more the stronger, and never all of it', () => {
    const shiny = spotted(forehead(), 0.09 * cut.person.faceWidth, 0.95, 0.8)
    const at = (strength: number) => gainAt(skinRetouch(shiny, cut.person, strength), forehead())
    const matt = gainAt(skinRetouch(cut.own, cut.person, 1), forehead())
    expect(matt).toBeGreaterThan(0.93)
    expect(at(1)).toBeLessThan(0.85 * matt)
    expect(at(1)).toBeGreaterThan(0.3)
    expect(at(0.25)).toBeGreaterThan(at(1))
    expect(at(0.25)).toBeLessThan(1)
  })

  it('keeps a birthmark, which belongs to the person', () => {
    const marked = spotted(cheek(), 0.018 * cut.person.faceWidth, 0.03, 0.9)
    const [kept, plain] = [marked, cut.own].map((colours) => gainAt(skinRetouch(colours, cut.person, 1), cheek()))
    expect(kept).toBeGreaterThan(0.9 * (plain ?? 1))
    expect(kept).toBeLessThan(1.2 * (plain ?? 1))
  })

  it('evens mottled skin, and leaves texture as fine as pores alone', () => {
    /** Share of a pattern of waves of this many widths of the face that is left on the cheek at full strength. */
    const left = (wavelength: number) => {
      const step = (2 * Math.PI) / (wavelength * cut.person.faceWidth)
      const wave = (at: number) => {
        const pixel = (at / 3) | 0
        const [x, y] = [pixel % cut.own.width, Math.floor(pixel / cut.own.width)]
        return Math.sin(step * x) * Math.sin(step * y)
      }
      const mottled = { ...cut.own, data: cut.own.data.map((value, at) => value * (1 + 0.08 * wave(at))) }
      const [gain, plain] = [mottled, cut.own].map((colours) => skinRetouch(colours, cut.person, 1).data)
      const { x, y } = cheek()
      const reach = Math.round(0.08 * cut.person.faceWidth)
      let [kept, all] = [0, 0]
      for (let row = Math.round(y) - reach; row <= y + reach; row++) {
        for (let column = Math.round(x) - reach; column <= x + reach; column++) {
          const at = (row * cut.own.width + column) * 3 + 1
          kept += wave(at) * ((1 + 0.08 * wave(at)) * ((gain?.[at] ?? 0) / (plain?.[at] ?? 1)) - 1)
          all += 0.08 * wave(at) ** 2
        }
      }
      return kept / all
    }
    expect(left(0.1)).toBeLessThan(0.9)
    expect(left(0.02)).toBeGreaterThan(0.97)
  })

  it('brightens eyes a touch, and takes some yellow off teeth', () => {
    const gain = skinRetouch(cut.own, cut.person, 1)
    expect(gainAt(gain, pointOf(LEFT_EYE))).toBeGreaterThan(1.05)
    expect(gainAt(gain, pointOf(LEFT_EYE))).toBeLessThan(1.15)
    const yellowed = { ...cut.own, data: cut.own.data.map((value, at) => (at % 3 === 2 ? 0.8 * value : value)) }
    const teeth = pointOf([13, 14])
    const white = skinRetouch(yellowed, cut.person, 1)
    expect(gainAt(white, teeth, 2) / gainAt(white, teeth, 0)).toBeGreaterThan(1.02)
  })

  it('touches nothing but skin, eyes and mouth, moves no colour far, and is the same every time', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (strength) => {
        const gain = skinRetouch(cut.own, cut.person, strength)
        const again = skinRetouch(cut.own, cut.person, strength)
        expect(again.data).toEqual(gain.data)
        let [least, most, elsewhere] = [1, 1, 0]
        for (let at = 0; at < gain.data.length; at++) {
          const value = gain.data[at] ?? Number.NaN
          least = Math.min(least, value)
          most = Math.max(most, value)
          const pixel = (at / 3) | 0
          const isPerson = (cut.skin.data[pixel] ?? 0) > 0
          const { box } = cut.person.face
          const [x, y] = [pixel % gain.width, Math.floor(pixel / gain.width)]
          const isFace = x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height * 1.2
          if (!isPerson && !isFace) elsewhere = Math.max(elsewhere, Math.abs(value - 1))
        }
        expect(least).toBeGreaterThan(0.6)
        expect(most).toBeLessThan(1.6)
        expect(elsewhere).toBeLessThan(1e-6)
      }),
      { numRuns: 3 }
    )
  })
})
