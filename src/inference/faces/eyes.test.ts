import { describe, expect, it } from 'vitest'
import { analyseFaces } from './analyse.ts'
import { readExpression } from './expression.ts'
import { findEyes } from './eyes.ts'
import { sampleRaster, turned } from './sample-photos.fixture.ts'

describe('findEyes', () => {
  it('sees open eyes in sample6, in the middle of where the mesh has them', async () => {
    const raster = await sampleRaster(6)
    for (const face of await analyseFaces(raster)) {
      const { left, right } = await findEyes(raster, face)
      expect(left.openness).toBeGreaterThan(0.24)
      expect(right.openness).toBeGreaterThan(0.24)
      const [eye, centre] = [left.contour, face.leftEye]
      const x = eye.reduce((sum, point) => sum + point.x, 0) / eye.length
      const y = eye.reduce((sum, point) => sum + point.y, 0) / eye.length
      expect(Math.hypot(x - centre.x, y - centre.y)).toBeLessThan(0.1 * face.box.width)
    }
  })

  it('sees the lowered lids of the woman on the right of sample2', async () => {
    const raster = await sampleRaster(2)
    const face = (await analyseFaces(raster)).at(-1)
    if (!face) throw new Error('sample2 shows nobody')
    const { left, right } = await findEyes(raster, face)
    expect(left.openness).toBeLessThan(0.16)
    expect(right.openness).toBeLessThan(0.16)
  })

  it('measures the same in a picture that is turned', async () => {
    const raster = await sampleRaster(6)
    const slanted = turned(raster, 10)
    const [before, after] = [await analyseFaces(raster), await analyseFaces(slanted)]
    for (const [index, face] of before.entries()) {
      const other = after[index]
      if (!other) throw new Error('a face was lost')
      const [a, b] = [await findEyes(raster, face), await findEyes(slanted, other)]
      expect(Math.abs(a.left.openness - b.left.openness)).toBeLessThan(0.08)
      expect(Math.abs(a.right.openness - b.right.openness)).toBeLessThan(0.08)
    }
  })
})

describe('readExpression', () => {
  it('reads a broad smile as happy and gives probabilities', async () => {
    const raster = await sampleRaster(3)
    const smiling = (await analyseFaces(raster))[2]
    if (!smiling) throw new Error('sample3 shows three people')
    const reading = await readExpression(raster, smiling)
    expect(reading.happy).toBeGreaterThan(0.9)
    expect(Object.values(reading).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 3)
  })
})
