import { describe, expect, it } from 'vitest'
import { connectedPart } from './connected-part.ts'

const [width, height] = [60, 20]

/** A body in columns 5 to 24 with a soft edge, and something in columns 45 to 54. */
const outline = {
  width,
  height,
  channels: 1,
  data: Float32Array.from({ length: width * height }, (_, at) => {
    const x = at % width
    if (x >= 45 && x < 55) return 1
    return x >= 5 && x < 25 ? 1 : x === 25 ? 0.3 : 0
  })
} as const

describe('connectedPart', () => {
  it('keeps what the face belongs to with its soft edge, and drops what stands apart', () => {
    const { data } = connectedPart(outline, [{ x: 15, y: 5 }], 25)
    const row = [...data.subarray(10 * width, 11 * width)]
    expect(row.slice(5, 25)).toEqual(Array.from({ length: 20 }, () => 1))
    expect(row[25]).toBeCloseTo(0.3, 6)
    expect(row.slice(45, 55)).toEqual(Array.from({ length: 10 }, () => 0))
  })

  it('never adds anything, and ignores points off the picture', () => {
    const { data } = connectedPart(
      outline,
      [
        { x: 50, y: 5 },
        { x: -3, y: 400 }
      ],
      25
    )
    expect(data.every((value, at) => value <= (outline.data[at] ?? 0))).toBe(true)
    expect(data[10 * width + 50]).toBe(1)
    expect(data[10 * width + 15]).toBe(0)
  })
})
