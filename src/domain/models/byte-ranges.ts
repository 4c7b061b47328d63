import { z } from 'zod'

/** From the first byte up to, and without, the last: [0, 4] are four bytes. */
export type ByteRange = readonly [start: number, end: number]

const edge = z.int().nonnegative()

/** Ascending, none empty, none touching the next. */
export const byteRangesSchema = z
  .array(z.tuple([edge, edge]))
  .refine(
    (ranges) =>
      ranges.every(([start, end], index) => start < end && (index === 0 || start > (ranges[index - 1]?.[1] ?? 0))),
    'are no ranges in order'
  )

/** Which bytes of a file are there. Ranges are kept in order and joined where they touch. */
export class ByteRanges {
  #ranges: ByteRange[]

  constructor(ranges: readonly ByteRange[] = []) {
    this.#ranges = []
    for (const range of ranges) this.add(range)
  }

  add([start, end]: ByteRange): void {
    if (start >= end) return
    const touching = this.#ranges.filter(([from, to]) => from <= end && to >= start)
    const joined: ByteRange = [
      Math.min(start, ...touching.map(([from]) => from)),
      Math.max(end, ...touching.map(([, to]) => to))
    ]
    const apart = this.#ranges.filter((range) => !touching.includes(range))
    this.#ranges = [...apart, joined].sort(([a], [b]) => a - b)
  }

  remove([start, end]: ByteRange): void {
    if (start >= end) return
    const left = this.#ranges.flatMap(([from, to]): ByteRange[] => [
      [from, Math.min(to, start)],
      [Math.max(from, end), to]
    ])
    this.#ranges = left.filter(([from, to]) => from < to)
  }

  /** What is missing of a file of so many bytes, in order. */
  gaps(bytes: number): ByteRange[] {
    const gaps: ByteRange[] = []
    let from = 0
    for (const [start, end] of this.#ranges) {
      if (start > from) gaps.push([from, Math.min(start, bytes)])
      from = Math.max(from, end)
    }
    if (from < bytes) gaps.push([from, bytes])
    return gaps.filter(([start, end]) => start < end)
  }

  get bytes(): number {
    return this.#ranges.reduce((sum, [start, end]) => sum + end - start, 0)
  }

  get list(): readonly ByteRange[] {
    return this.#ranges
  }
}
