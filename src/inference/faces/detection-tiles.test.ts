import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DETECTOR_SIDE, type RawDetection } from './detection-decoding.ts'
import { detectionTiles, isCutByTile, toPicture } from './detection-tiles.ts'

const edge = fc.integer({ min: 1, max: 1200 })
const level = fc.record({ width: edge, height: edge })

describe('detectionTiles', () => {
  it('centres a level smaller than the input in one tile', () => {
    expect(detectionTiles({ width: 192, height: 128 })).toEqual([{ x: 0, y: -32 }])
  })

  it('covers every pixel of any level and never leaves one that is larger than a tile', () => {
    fc.assert(
      fc.property(level, fc.nat(), fc.nat(), (size, seedX, seedY) => {
        const x = seedX % size.width
        const y = seedY % size.height
        const tiles = detectionTiles(size)
        expect(tiles.some((t) => x >= t.x && x < t.x + DETECTOR_SIDE && y >= t.y && y < t.y + DETECTOR_SIDE)).toBe(true)
        for (const tile of tiles) {
          if (size.width >= DETECTOR_SIDE) expect(tile.x + DETECTOR_SIDE).toBeLessThanOrEqual(size.width)
          if (size.height >= DETECTOR_SIDE) expect(tile.y + DETECTOR_SIDE).toBeLessThanOrEqual(size.height)
        }
      })
    )
  })

  it('holds every face up to 63 px whole in some tile', () => {
    fc.assert(
      fc.property(
        level,
        fc.integer({ min: 1, max: 63 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (size, face, u, v) => {
          fc.pre(face <= size.width && face <= size.height)
          const x = u * (size.width - face)
          const y = v * (size.height - face)
          const whole = detectionTiles(size).filter(
            (t) => !isCutByTile(detection(x - t.x, y - t.y, face, face), t, size)
          )
          expect(whole.length).toBeGreaterThan(0)
        }
      )
    )
  })
})

describe('toPicture', () => {
  it('undoes the way from the picture to the tile', () => {
    fc.assert(
      fc.property(
        fc.record({ x: fc.integer({ min: -96, max: 900 }), y: fc.integer({ min: -96, max: 900 }) }),
        fc.double({ min: 0.05, max: 2, noNaN: true }),
        fc.double({ min: 0.05, max: 2, noNaN: true }),
        fc.record({
          x: fc.double({ min: 0, max: 5000, noNaN: true }),
          y: fc.double({ min: 0, max: 5000, noNaN: true })
        }),
        (tile, scaleX, scaleY, corner) => {
          const inTile = detection(corner.x * scaleX - tile.x, corner.y * scaleY - tile.y, 30 * scaleX, 40 * scaleY)
          const back = toPicture(inTile, tile, { x: scaleX, y: scaleY })
          expect(back.box.x).toBeCloseTo(corner.x, 6)
          expect(back.box.y).toBeCloseTo(corner.y, 6)
          expect(back.box.width).toBeCloseTo(30, 6)
          expect(back.box.height).toBeCloseTo(40, 6)
          expect(back.keypoints[0]?.x).toBeCloseTo(corner.x, 6)
        }
      )
    )
  })
})

function detection(x: number, y: number, width: number, height: number): RawDetection {
  return { box: { x, y, width, height }, keypoints: [{ x, y }], confidence: 0.9 }
}
