import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Point } from '../../domain/geometry.ts'
import { type Affine, apply, compose, invert, similarity, warpAffine } from './affine.ts'
import { createRaster, type Raster } from './raster.ts'
import { resize } from './resample.ts'

const coordinate = fc.double({ min: -500, max: 500, noNaN: true })
const point = fc.record({ x: coordinate, y: coordinate })
/** Rotation, scale and shift. */
const motion = fc
  .tuple(fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }), fc.double({ min: 0.1, max: 8, noNaN: true }), point)
  .map(([angle, scale, { x, y }]): Affine => {
    const [cos, sin] = [Math.cos(angle) * scale, Math.sin(angle) * scale]
    return [cos, -sin, x, sin, cos, y]
  })

function closeTo(actual: Point, expected: Point, digits = 4): void {
  expect(actual.x).toBeCloseTo(expected.x, digits)
  expect(actual.y).toBeCloseTo(expected.y, digits)
}

function waves(width: number, height: number): Raster {
  const raster = createRaster(width, height, 3)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      raster.data[at++] = 0.5 + 0.4 * Math.sin(x / 9)
      raster.data[at++] = 0.5 + 0.4 * Math.cos(y / 11)
      raster.data[at++] = 0.5 + 0.4 * Math.sin((x + y) / 17)
    }
  }
  return raster
}

describe('affine maps', () => {
  it('undo each other with their inverse', () => {
    fc.assert(fc.property(motion, point, (map, at) => closeTo(apply(compose(map, invert(map)), at), at)))
  })

  it('compose as they are applied', () => {
    fc.assert(
      fc.property(motion, motion, point, (first, second, at) =>
        closeTo(apply(compose(first, second), at), apply(second, apply(first, at)))
      )
    )
  })
})

describe('similarity', () => {
  const triangle = [
    { x: 0, y: 0 },
    { x: 40, y: 3 },
    { x: 15, y: 30 }
  ]

  it('finds the motion that was made', () => {
    fc.assert(
      fc.property(motion, (map) => {
        const found = similarity(
          triangle,
          triangle.map((corner) => apply(map, corner))
        )
        found.forEach((value, at) => {
          expect(value).toBeCloseTo(map[at] ?? 0, 6)
        })
      })
    )
  })

  it('is the least squares of the destination: no small change fits better', () => {
    const noisy = [
      { x: 101, y: 50 },
      { x: 178, y: 61 },
      { x: 122, y: 117 }
    ]
    const error = (sourceToDestination: Affine) =>
      noisy.reduce((sum, source, at) => {
        const made = apply(sourceToDestination, source)
        const goal = triangle[at] ?? made
        return sum + (made.x - goal.x) ** 2 + (made.y - goal.y) ** 2
      }, 0)
    const fit = invert(similarity(triangle, noisy))
    const [cos, , x, sin, , y] = fit
    for (const [dc, ds, dx, dy] of [
      [1e-3, 0, 0, 0],
      [-1e-3, 0, 0, 0],
      [0, 1e-3, 0, 0],
      [0, -1e-3, 0, 0],
      [0, 0, 0.1, 0],
      [0, 0, -0.1, 0],
      [0, 0, 0, 0.1],
      [0, 0, 0, -0.1]
    ] as const) {
      expect(error([cos + dc, -(sin + ds), x + dx, sin + ds, cos + dc, y + dy])).toBeGreaterThan(error(fit))
    }
  })

  it('never mirrors', () => {
    const mirrored = triangle.map(({ x, y }) => ({ x: -x, y }))
    const [a, b, , d, e] = similarity(triangle, mirrored)
    expect(a * e - b * d).toBeGreaterThan(0)
  })

  it('refuses points that coincide, and lists that differ', () => {
    expect(() =>
      similarity(
        triangle,
        [triangle[0], triangle[0], triangle[0]].map((p) => p ?? { x: 0, y: 0 })
      )
    ).toThrow()
    expect(() => similarity(triangle, triangle.slice(1))).toThrow()
  })
})

describe('warpAffine', () => {
  it('leaves a picture as it is under the identity', () => {
    const source = waves(20, 15)
    for (const kernel of ['bilinear', 'cubic'] as const) {
      expect(warpAffine(source, [1, 0, 0, 0, 1, 0], 20, 15, { kernel }).data).toEqual(source.data)
    }
  })

  it('turned there and back shows the same picture inside', () => {
    const source = waves(120, 100)
    const turn: Affine = [Math.cos(0.3), -Math.sin(0.3), 20, Math.sin(0.3), Math.cos(0.3), -9]
    const there = warpAffine(source, turn, 120, 100, { kernel: 'cubic' })
    const back = warpAffine(there, invert(turn), 120, 100, { kernel: 'cubic' })
    for (let y = 40; y < 60; y++) {
      for (let x = 50; x < 70; x++) {
        const at = (y * 120 + x) * 3
        expect(back.data[at]).toBeCloseTo(source.data[at] ?? 0, 2)
      }
    }
  })

  it('averages when it makes smaller: fine stripes become grey, not moiré', () => {
    const stripes = createRaster(400, 400, 1)
    stripes.data.forEach((_, at) => {
      stripes.data[at] = at % 2
    })
    const turned = warpAffine(stripes, [4.3, -0.4, 20, 0.4, 4.3, 5], 80, 80)
    for (let y = 8; y < 72; y++) {
      for (let x = 8; x < 72; x++) expect(Math.abs((turned.data[y * 80 + x] ?? 0) - 0.5)).toBeLessThan(0.15)
    }
  })

  it('shows the same place whether or not it makes smaller first', () => {
    const source = waves(300, 279)
    const small = warpAffine(source, [3, 0, 30, 0, 3, 15], 80, 80)
    const reference = resize(source, 100, 93, 'area')
    // Pixel (x, y) of the small one covers the source from (30 + 3x, 15 + 3y) on: cell (10 + x, 5 + y) of the reference.
    for (const [x, y] of [
      [10, 10],
      [40, 30],
      [70, 60]
    ] as const) {
      const expected = reference.data[((y + 5) * 100 + x + 10) * 3] ?? 0
      expect(small.data[(y * 80 + x) * 3]).toBeCloseTo(expected, 1.5)
    }
  })

  it('fills the outside as told', () => {
    const white = createRaster(10, 10, 1)
    white.data.fill(1)
    const shifted: Affine = [1, 0, -5, 0, 1, 0]
    expect(warpAffine(white, shifted, 10, 10).data[0]).toBe(1)
    const filled = warpAffine(white, shifted, 10, 10, { outside: [0.25] })
    expect([filled.data[0], filled.data[4], filled.data[5]]).toEqual([0.25, 0.25, 1])
  })

  it('fills the outside as told when it makes smaller too', () => {
    const white = createRaster(100, 100, 1)
    white.data.fill(1)
    const filled = warpAffine(white, [4, 0, -40, 0, 4, 0], 40, 25, { outside: [0] })
    expect(filled.data.subarray(0, 10).every((value) => value === 0)).toBe(true)
    expect(filled.data[11]).toBe(1)
    expect(filled.data[36]).toBe(0)
  })
})
