import { describe, expect, it } from 'vitest'
import type { Progress } from '../../domain/progress.ts'
import { decodePhoto } from '../pixels/decode.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { crop, resize } from '../pixels/resample.ts'
import { joinStrips, stripsOf } from '../pixels/strips.ts'
import { srgbEncodeClipped } from '../pixels/transfer.ts'
import { doubleStrips, tileCount } from './double-strips.ts'
import { doublePixels, REACH } from './doubling-network.ts'
import { sizesToDouble, upscaleTo } from './upscale.ts'

const never = new AbortController().signal
const context = { signal: never, onProgress: () => undefined }

/** Edges, gradients and fine texture, in colour. */
function scene(width: number, height: number): Raster {
  const raster = createRaster(width, height, 3)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      const disc = Math.hypot(x - width / 2, y - height / 2) < height / 3 ? 0.5 : 0.1
      raster.data[at] = disc + 0.2 * Math.sin(x * 0.9) * Math.sin(y * 0.7) ** 2
      raster.data[at + 1] = disc * 0.8 + (0.1 * x) / width
      raster.data[at + 2] = disc * 0.6 + 0.05 * ((x * 31 + y * 17) % 7)
    }
  }
  return raster
}

/** A portrait with all the detail its size can hold: a photo that comes with the npm package @vladmandic/face-api. */
async function portrait(): Promise<Raster> {
  const { raster } = await decodePhoto('node_modules/@vladmandic/face-api/demo/sample2.jpg', { maxLongEdge: 480 })
  return crop(raster, { x: 0, y: 0, width: 480, height: 340 })
}

/** Largest difference of two pictures as displayed, 0..1. */
function displayedDifference(a: Raster, b: Raster): number {
  let worst = 0
  a.data.forEach((value, at) => {
    worst = Math.max(worst, Math.abs(srgbEncodeClipped(value) - srgbEncodeClipped(b.data[at] ?? 0)))
  })
  return worst
}

describe('the doubling network', () => {
  it('sees no farther than REACH: what changes there changes nothing here', async () => {
    const size = 2 * REACH + 21
    const before = scene(size, size)
    const after = { ...before, data: before.data.slice() }
    const middle = (size - 1) / 2
    after.data.set([1, 1, 1], (middle * size + middle) * 3)
    const [first, second] = [await doublePixels(before), await doublePixels(after)]
    for (let y = 0, at = 0; y < size * 2; y++) {
      for (let x = 0; x < size * 2; x++, at += 3) {
        const distance = Math.max(Math.abs((x >> 1) - middle), Math.abs((y >> 1) - middle))
        if (distance >= REACH) expect(first.data[at]).toBe(second.data[at])
      }
    }
  })

  it('keeps the picture: doubled and halved it is what it was', async () => {
    const source = await portrait()
    const back = resize(await doublePixels(source), source.width, source.height, 'area')
    const inside = { x: REACH, y: REACH, width: source.width - 2 * REACH, height: source.height - 2 * REACH }
    const [was, is] = [crop(source, inside), crop(back, inside)]
    const error = was.data.reduce((sum, value, at) => sum + Math.abs(value - (is.data[at] ?? 0)), 0) / was.data.length
    expect(error).toBeLessThan(0.01)
  })

  it('keeps values above white and below black that it never learnt', async () => {
    const bright = createRaster(40, 40, 3)
    for (let at = 0; at < bright.data.length; at += 3) bright.data.set([3, 0.5, -0.1], at)
    const doubled = await doublePixels(bright)
    const [r = 0, g = 0, b = 0] = doubled.data.subarray((40 * 80 + 40) * 3)
    expect(r).toBeCloseTo(3, 1)
    expect(g).toBeCloseTo(0.5, 1)
    expect(b).toBeCloseTo(-0.1, 1)
  })
})

describe('tiles', () => {
  it('show no seam: a picture of four tiles is the picture made in one piece', async () => {
    const source = scene(300, 290)
    const strips = doubleStrips(stripsOf(source, 100), source, never, () => undefined)
    const tiled = await joinStrips(strips, { width: 600, height: 580 })
    const whole = await doublePixels(source)
    // At the picture's edge the pieces differ in kind: tiles repeat the edge, the bare network sees black beyond it.
    const inside = { x: 2 * REACH, y: 2 * REACH, width: 600 - 4 * REACH, height: 580 - 4 * REACH }
    expect(displayedDifference(crop(tiled, inside), crop(whole, inside))).toBeLessThan(0.1 / 255)
  })

  it('darken no edge: a flat picture stays flat up to its border', async () => {
    const flat = createRaster(70, 60, 3)
    flat.data.fill(0.4)
    const doubled = await upscaleTo(flat, 140, 120, context)
    for (const value of doubled.data)
      expect(Math.abs(srgbEncodeClipped(value) - srgbEncodeClipped(0.4))).toBeLessThan(0.015)
  })
})

describe('upscaleTo', () => {
  it('meets the size exactly, twice doubled, and reports every tile', async () => {
    const seen: Progress[] = []
    const made = await upscaleTo(scene(70, 61), 233, 209, { signal: never, onProgress: (step) => seen.push(step) })
    expect([made.width, made.height]).toEqual([233, 209])
    expect(seen.map(({ done, total }) => [done, total])).toEqual([
      [1, 2],
      [2, 2]
    ])
  })

  it('adds detail that interpolation does not: closer to a real photo than Lanczos is', async () => {
    const original = await portrait()
    const [width, height] = [original.width, original.height]
    const small = resize(original, width / 2, height / 2, 'cubic')
    const inside = { x: 24, y: 24, width: width - 48, height: height - 48 }
    const error = (made: Raster) => {
      const part = crop(made, inside)
      return crop(original, inside).data.reduce(
        (sum, value, at) => sum + (srgbEncodeClipped(value) - srgbEncodeClipped(part.data[at] ?? 0)) ** 2,
        0
      )
    }
    const interpolated = resize(small, width, height, 'lanczos3')
    expect(error(await upscaleTo(small, width, height, context))).toBeLessThan(0.95 * error(interpolated))
  })

  it('stops between tiles when it is cancelled', async () => {
    const attempt = upscaleTo(scene(64, 64), 128, 128, { ...context, signal: AbortSignal.abort() })
    await expect(attempt).rejects.toMatchObject({ code: 'cancelled' })
  })

  it.each([
    [{ width: 1024, height: 1280 }, { width: 1000, height: 1250 }, []],
    [{ width: 1000, height: 1000 }, { width: 1100, height: 1100 }, []],
    [{ width: 819, height: 1024 }, { width: 1638, height: 2048 }, [[819, 1024]]],
    [
      { width: 819, height: 1024 },
      { width: 3277, height: 4096 },
      [
        [819, 1024],
        [1638, 2048]
      ]
    ],
    [
      { width: 200, height: 200 },
      { width: 2048, height: 2048 },
      [
        [200, 200],
        [400, 400]
      ]
    ]
  ] as const)('on the way from %j to %j doubles %j', (from, to, expected) => {
    expect(sizesToDouble(from, to).map(({ width, height }) => [width, height])).toEqual(expected)
  })

  it('counts tiles', () => {
    expect(tileCount({ width: 256, height: 256 })).toBe(1)
    expect(tileCount({ width: 257, height: 513 })).toBe(6)
  })
})
