import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ByteRanges, byteRangesSchema } from './byte-ranges.ts'

const SIZE = 60
const change = fc.record({
  add: fc.boolean(),
  range: fc.tuple(fc.nat(SIZE), fc.nat(SIZE)).map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)])
})

describe('ByteRanges', () => {
  it('holds what a table of single bytes holds, whatever was added and removed', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
        const ranges = new ByteRanges()
        const bytes = Array.from({ length: SIZE }, () => false)
        for (const { add, range } of changes) {
          if (add) ranges.add(range)
          else ranges.remove(range)
          bytes.fill(add, range[0], range[1])
        }
        const held = bytes.map(() => false)
        for (const [start, end] of ranges.list) held.fill(true, start, end)
        expect(held).toEqual(bytes)
        expect(ranges.bytes).toBe(bytes.filter(Boolean).length)
        const gaps = new ByteRanges(ranges.gaps(SIZE))
        expect(gaps.bytes + ranges.bytes).toBe(SIZE)
        expect(byteRangesSchema.parse(ranges.list)).toEqual(ranges.list)
      })
    )
  })

  it('refuses lists that are not in order', () => {
    expect(byteRangesSchema.safeParse([[4, 4]]).success).toBe(false)
    expect(
      byteRangesSchema.safeParse([
        [0, 4],
        [4, 8]
      ]).success
    ).toBe(false)
    expect(
      byteRangesSchema.safeParse([
        [6, 8],
        [0, 4]
      ]).success
    ).toBe(false)
  })
})
