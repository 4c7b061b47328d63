import { type Matrix3, multiplyMatrices, type RgbPrimaries, rgbToXyz, XYZ_D50, XYZ_D65_TO_D50 } from './rgb-spaces.ts'

/** A tone curve: an exponent, or the five parameters g, a, b, c, d of ICC.1:2022 table 68, function 3. */
export type ToneCurve = number | readonly [number, number, number, number, number]

/** IEC 61966-2-1 as function 3: Y = (aX + b)^g from d on, cX below. */
export const SRGB_CURVE: ToneCurve = [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045]

interface Tag {
  readonly signature: string
  readonly body: Buffer
}

/**
 * An ICC version 4.3 display profile of an RGB space with a D65 white: matrix and curve (ICC.1:2022, 8.3.3).
 * Written here because its numbers then are the ones that the pixels are converted with.
 */
export function matrixProfile(description: string, primaries: RgbPrimaries, curve: ToneCurve): Buffer {
  const colorants = multiplyMatrices(XYZ_D65_TO_D50, rgbToXyz(primaries))
  const [a, b, c, d, e, f, g, h, i] = colorants
  const trc = curveTag(curve)
  const tags: Tag[] = [
    { signature: 'desc', body: textTag(description) },
    { signature: 'cprt', body: textTag('CC0') },
    { signature: 'wtpt', body: xyzTag(...XYZ_D50) },
    { signature: 'chad', body: matrixTag(XYZ_D65_TO_D50) },
    { signature: 'rXYZ', body: xyzTag(a, d, g) },
    { signature: 'gXYZ', body: xyzTag(b, e, h) },
    { signature: 'bXYZ', body: xyzTag(c, f, i) },
    { signature: 'rTRC', body: trc },
    { signature: 'gTRC', body: trc },
    { signature: 'bTRC', body: trc }
  ]
  return assemble(tags)
}

const HEADER_BYTES = 128

function assemble(tags: readonly Tag[]): Buffer {
  const table = Buffer.alloc(4 + 12 * tags.length)
  table.writeUInt32BE(tags.length, 0)
  const bodies: Buffer[] = []
  let offset = HEADER_BYTES + table.length
  tags.forEach(({ signature, body }, at) => {
    table.write(signature, 4 + 12 * at, 'latin1')
    table.writeUInt32BE(offset, 8 + 12 * at)
    table.writeUInt32BE(body.length, 12 + 12 * at)
    const padded = Buffer.concat([body, Buffer.alloc(-body.length & 3)])
    bodies.push(padded)
    offset += padded.length
  })
  const header = Buffer.alloc(HEADER_BYTES)
  header.writeUInt32BE(offset, 0)
  header.writeUInt32BE(0x04300000, 8)
  header.write('mntrRGB XYZ ', 12, 'latin1')
  // A fixed date, so that the same picture is the same file: 2024-01-01.
  for (const [at, part] of [2024, 1, 1].entries()) header.writeUInt16BE(part, 24 + 2 * at)
  header.write('acsp', 36, 'latin1')
  XYZ_D50.forEach((value, at) => {
    header.writeInt32BE(fixed(value), 68 + 4 * at)
  })
  return Buffer.concat([header, table, ...bodies])
}

/** s15Fixed16Number. */
const fixed = (value: number) => Math.round(value * 65536)

function typed(type: string, values: readonly number[]): Buffer {
  const body = Buffer.alloc(8 + 4 * values.length)
  body.write(type, 0, 'latin1')
  values.forEach((value, at) => {
    body.writeInt32BE(fixed(value), 8 + 4 * at)
  })
  return body
}

const xyzTag = (x: number, y: number, z: number) => typed('XYZ ', [x, y, z])
const matrixTag = (matrix: Matrix3) => typed('sf32', matrix)

function curveTag(curve: ToneCurve): Buffer {
  const parameters = typeof curve === 'number' ? [curve] : curve
  const body = Buffer.concat([typed('para', []), Buffer.alloc(4), typed('', parameters).subarray(8)])
  body.writeUInt16BE(typeof curve === 'number' ? 0 : 3, 8)
  return body
}

/** multiLocalizedUnicodeType with one record, en-US. */
function textTag(text: string): Buffer {
  const utf16 = Buffer.from(text, 'utf16le').swap16()
  const head = Buffer.alloc(28)
  head.write('mluc', 0, 'latin1')
  head.writeUInt32BE(1, 8)
  head.writeUInt32BE(12, 12)
  head.write('enUS', 16, 'latin1')
  head.writeUInt32BE(utf16.length, 20)
  head.writeUInt32BE(28, 24)
  return Buffer.concat([head, utf16])
}
