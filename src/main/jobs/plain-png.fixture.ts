import { readFile, writeFile } from 'node:fs/promises'
import { crc32, deflateSync, inflateSync } from 'node:zlib'

/** PNG, second edition (https://www.w3.org/TR/2003/REC-PNG-20031110/), as far as one 8-bit RGB colour needs it. */
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const RGB_8_BIT = [8, 2, 0, 0, 0]

export type Pixel = readonly [red: number, green: number, blue: number]

/** A square of one colour. */
export async function writePng(path: string, pixel: Pixel, edge = 1): Promise<void> {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(edge, 0)
  header.writeUInt32BE(edge, 4)
  header.set(RGB_8_BIT, 8)
  const row = [0, ...Array.from({ length: edge }, () => pixel).flat()]
  const rows = deflateSync(Buffer.from(Array.from({ length: edge }, () => row).flat()))
  await writeFile(
    path,
    Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))])
  )
}

export async function readPng(path: string): Promise<Pixel> {
  const bytes = await readFile(path)
  const start = bytes.indexOf('IDAT')
  if (!bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE) || start < 0) throw new Error(`${path} is no PNG`)
  const length = bytes.readUInt32BE(start - 4)
  const [, red = 0, green = 0, blue = 0] = inflateSync(bytes.subarray(start + 4, start + 4 + length))
  return [red, green, blue]
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'ascii'), data])
  const ends = Buffer.alloc(4)
  ends.writeUInt32BE(crc32(body))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  return Buffer.concat([length, body, ends])
}
