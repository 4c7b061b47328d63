import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ExportSize, planExportSize } from './export-size.ts'

const portrait = { width: 1638, height: 2048 }
const print = (widthMm: number, heightMm: number, pixelsPerInch = 300): ExportSize => ({
  kind: 'print',
  widthMm,
  heightMm,
  pixelsPerInch
})

describe('planExportSize', () => {
  it('leaves the original as it is', () => {
    expect(planExportSize(portrait, { kind: 'original' }, true)).toMatchObject({ size: portrait, notes: [] })
  })

  it('makes the longer edge as long as asked', () => {
    const { size, notes } = planExportSize(portrait, { kind: 'long-edge', pixels: 1024 }, false)
    expect([size, notes]).toEqual([{ width: 819, height: 1024 }, []])
  })

  it('never enlarges unless told, and says so either way', () => {
    const wanted: ExportSize = { kind: 'long-edge', pixels: 4096 }
    const kept = planExportSize(portrait, wanted, false)
    expect(kept.size).toEqual(portrait)
    expect(kept.notes[0]).toContain('not enlarged')
    const larger = planExportSize(portrait, wanted, true)
    expect(larger.size.height).toBe(4096)
    expect(larger.notes[0]).toContain('enlarged 2.00 times')
  })

  it('fits a print whichever way the paper lies', () => {
    // 100 mm at 300 ppi are 1181 px, 150 mm are 1772 px.
    expect(planExportSize({ width: 4000, height: 6000 }, print(150, 100), false).size).toEqual({
      width: 1181,
      height: 1772
    })
    expect(planExportSize({ width: 4000, height: 6000 }, print(100, 150), false).size).toEqual({
      width: 1181,
      height: 1772
    })
  })

  it('tells the resolution that a small picture really prints at', () => {
    const { size, pixelsPerInch, notes } = planExportSize({ width: 800, height: 1000 }, print(203, 254), false)
    expect(size).toEqual({ width: 800, height: 1000 })
    expect(pixelsPerInch).toBe(100)
    expect(notes[0]).toContain('100 ppi in print, not 300')
  })

  it('keeps the proportions to a pixel, and the limits', () => {
    const edge = fc.integer({ min: 64, max: 9000 })
    fc.assert(
      fc.property(edge, edge, fc.integer({ min: 16, max: 10_000 }), fc.boolean(), (width, height, pixels, enlarge) => {
        const { size, scale } = planExportSize({ width, height }, { kind: 'long-edge', pixels }, enlarge)
        // An edge never vanishes: half a pixel becomes one.
        expect(Math.abs(size.width - Math.max(1, width * scale))).toBeLessThanOrEqual(0.5)
        expect(Math.max(size.width, size.height)).toBe(enlarge ? pixels : Math.min(pixels, Math.max(width, height)))
      })
    )
  })
})
