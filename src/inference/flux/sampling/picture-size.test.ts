import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MODEL_AREA, megapixelSize } from '../../../domain/flux-size.ts'
import { kleinReferenceFit, kontextReferenceFit } from './picture-size.ts'

const edge = fc.integer({ min: 64, max: 12_000 })

describe('megapixelSize', () => {
  it.each([
    [1, 1024, 1024],
    [4 / 5, 912, 1136],
    [3 / 2, 1248, 832],
    [35 / 45, 896, 1152]
  ])('of aspect %f is %d × %d', (aspect, width, height) => {
    expect(megapixelSize(aspect)).toEqual({ width, height })
  })
})

describe('kleinReferenceFit', () => {
  it('keeps a photo of whole tokens below a megapixel as it is', () => {
    const size = { width: 256, height: 320 }
    expect(kleinReferenceFit(size)).toEqual({ scaled: size, size })
  })

  it('brings a large photo to a megapixel, whole tokens, its middle', () => {
    // √(1024² / (4000 · 3000)) = 0.2956…
    expect(kleinReferenceFit({ width: 4000, height: 3000 })).toEqual({
      scaled: { width: 1182, height: 886 },
      size: { width: 1168, height: 880 }
    })
  })

  it('cuts what is no whole token from a smaller one, and resamples nothing', () => {
    expect(kleinReferenceFit({ width: 250, height: 330 })).toEqual({
      scaled: { width: 250, height: 330 },
      size: { width: 240, height: 320 }
    })
  })

  it('shows all but a part of a token, never exceeds a megapixel', () => {
    void fc.assert(
      fc.property(edge, edge, (width, height) => {
        const { scaled, size } = kleinReferenceFit({ width, height })
        expect([size.width % 16, size.height % 16]).toEqual([0, 0])
        expect(size.width * size.height).toBeLessThanOrEqual(MODEL_AREA)
        expect(scaled.width - size.width).toBeGreaterThanOrEqual(0)
        expect(scaled.width - size.width).toBeLessThan(16)
        expect(scaled.height - size.height).toBeGreaterThanOrEqual(0)
        expect(scaled.height - size.height).toBeLessThan(16)
      })
    )
  })
})

describe('kontextReferenceFit', () => {
  it.each([
    [1024, 1024, 1024, 1024],
    [4000, 3000, 1184, 880],
    [3000, 4000, 880, 1184],
    [100, 4000, 672, 1568],
    [6000, 1000, 1568, 672]
  ])('of %d × %d is %d × %d', (width, height, ...[across, down]) => {
    expect(kontextReferenceFit({ width, height }).size).toEqual({ width: across, height: down })
  })
})
