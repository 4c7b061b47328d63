import type { Size } from '../../domain/geometry.ts'

const [SHORT, LONG, UNDEFINED] = [3, 4, 7] as const

/** Everything before the pixels of a little-endian RGB file in one strip (TIFF 6.0, sections 2, 6; ICC.1:2022, B.4). */
export function tiffHead({ width, height }: Size, bits: 8 | 16, icc: Uint8Array): Buffer {
  const entries = 11
  const bitsAt = 8 + 2 + 12 * entries + 4
  const iccAt = bitsAt + 6
  const length = (iccAt + icc.length + 1) & ~1
  const head = Buffer.alloc(length)
  head.write('II*\0', 0, 'latin1')
  head.writeUInt32LE(8, 4)
  head.writeUInt16LE(entries, 8)
  const fields: readonly (readonly [tag: number, type: number, count: number, value: number])[] = [
    [256, LONG, 1, width],
    [257, LONG, 1, height],
    [258, SHORT, 3, bitsAt],
    [259, SHORT, 1, 1],
    [262, SHORT, 1, 2],
    [273, LONG, 1, length],
    [277, SHORT, 1, 3],
    [278, LONG, 1, height],
    [279, LONG, 1, width * height * 3 * (bits / 8)],
    [284, SHORT, 1, 1],
    [34675, UNDEFINED, icc.length, iccAt]
  ]
  fields.forEach(([tag, type, count, value], at) => {
    const entry = 10 + 12 * at
    head.writeUInt16LE(tag, entry)
    head.writeUInt16LE(type, entry + 2)
    head.writeUInt32LE(count, entry + 4)
    head.writeUInt32LE(value, entry + 8)
  })
  for (let channel = 0; channel < 3; channel++) head.writeUInt16LE(bits, bitsAt + 2 * channel)
  head.set(icc, iccAt)
  return head
}
