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

  it('drops what is large and hangs by a thread, and keeps a strand and an arm', () => {
    const side = 120
    type Rectangle = readonly [left: number, top: number, right: number, bottom: number]
    const shape = (...boxes: readonly Rectangle[]) => ({
      width: side,
      height: side,
      channels: 1 as const,
      data: Float32Array.from({ length: side * side }, (_, at) => {
        const [x, y] = [at % side, Math.floor(at / side)]
        return boxes.some(([left, top, right, bottom]) => x >= left && x < right && y >= top && y < bottom) ? 1 : 0
      })
    })
    const body: Rectangle = [40, 20, 100, 120]
    const elbow: Rectangle = [5, 40, 25, 70]
    const kept = (...parts: readonly Rectangle[]) => {
      const { data } = connectedPart(shape(body, ...parts), [{ x: 70, y: 40 }], 40)
      return (x: number, y: number) => data[y * side + x]
    }
    const hung = kept(elbow, [25, 54, 40, 57])
    expect(hung(15, 50)).toBe(0)
    expect(hung(70, 110)).toBe(1)
    expect(kept(elbow, [25, 45, 40, 65])(15, 50)).toBe(1)
    const strand = kept([5, 54, 40, 57])
    expect(strand(6, 55)).toBe(1)
  })
})
