import { StudioError } from '../../domain/errors.ts'
import type { Size } from '../../domain/geometry.ts'
import { primariesOf } from '../pixels/chromaticities.ts'
import type { RgbPrimaries } from '../pixels/rgb-spaces.ts'

/** What has to be known of an OpenEXR file before its pixels are given any memory. */
export interface ExrHeader extends Size {
  /** Null where none are stated: Rec. 709's then, by the format's definition. */
  readonly primaries: RgbPrimaries | null
}

/** https://openexr.com/en/latest/OpenEXRFileLayout.html: 20000630, little-endian. */
const MAGIC = 0x01312f76
/** Magic number and version. */
const PREAMBLE = 8
/** Headers hold names and comments; anything longer is not one. */
const MAX_HEADER = 1024 * 1024

export function isExr(bytes: Uint8Array): boolean {
  return bytes.length >= PREAMBLE && viewOf(bytes).getUint32(0, true) === MAGIC
}

/**
 * Reads the attributes of the first part.
 * @throws StudioError `image-damaged`
 */
export function readExrHeader(bytes: Uint8Array): ExrHeader {
  const view = viewOf(bytes.subarray(0, MAX_HEADER))
  let size: Size | null = null
  let primaries: RgbPrimaries | null = null
  let compression = 0
  let body = 0
  for (const { name, at, length } of attributes(view)) {
    body = at + length + 1
    if (name === 'compression' && length === 1) compression = view.getUint8(at)
    if (name === 'dataWindow' && length === 16) size = sizeOf(view, at)
    if (name === 'chromaticities' && length === 32) {
      primaries = primariesOf(Array.from({ length: 8 }, (_, i) => view.getFloat32(at + 4 * i, true)))
      if (primaries === null) throw damaged('its primaries are not eight chromaticities')
    }
  }
  if (size === null || size.width < 1 || size.height < 1) throw damaged('it does not say how large it is')
  if (isPlain(view)) requireWholeChunks(viewOf(bytes), body, Math.ceil(size.height / (CHUNK_ROWS[compression] ?? 1)))
  return { ...size, primaries }
}

/** Rows of one chunk for each compression, in the order of their numbers: none, RLE, ZIPS, ZIP, PIZ, PXR24, B44(A), DWAA, DWAB. */
const CHUNK_ROWS = [1, 1, 1, 16, 32, 16, 32, 32, 32, 256]
/** Tiles, deep data and several parts, as flags of the version. */
const NOT_PLAIN = 0x200 | 0x800 | 0x1000

const isPlain = (view: DataView) => (view.getUint32(4, true) & NOT_PLAIN) === 0

/** A file cut short would otherwise be decoded as far as it goes. */
function requireWholeChunks(view: DataView, table: number, count: number): void {
  for (let chunk = 0, entry = table; chunk < count; chunk++, entry += 8) {
    if (entry + 8 > view.byteLength) throw damaged('it ends too early')
    const at = Number(view.getBigUint64(entry, true))
    // The chunk's first row and its size stand before its bytes.
    const isThere = at >= table && at + 8 <= view.byteLength && at + 8 + view.getUint32(at + 4, true) <= view.byteLength
    if (!isThere) throw damaged('it ends too early')
  }
}

export function damaged(message: string, cause?: unknown): StudioError {
  return new StudioError('image-damaged', `The OpenEXR picture is damaged: ${message}.`, { cause })
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** Name, type, length and value each, up to an empty name. */
function* attributes(view: DataView): Generator<{ name: string; at: number; length: number }> {
  let from = PREAMBLE
  const text = () => {
    const begin = from
    while (from < view.byteLength && view.getUint8(from) !== 0) from++
    return String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + begin, Math.min(256, from++ - begin)))
  }
  for (;;) {
    const name = text()
    if (from > view.byteLength) throw damaged('its header has no end')
    if (name === '') return
    text()
    if (from + 4 > view.byteLength) throw damaged('its header has no end')
    const length = view.getUint32(from, true)
    from += 4
    if (from + length > view.byteLength) throw damaged('its header has no end')
    yield { name, at: from, length }
    from += length
  }
}

/** A box of inclusive corners: xMin, yMin, xMax, yMax. */
function sizeOf(view: DataView, at: number): Size {
  const [left, top, right, bottom] = [0, 4, 8, 12].map((offset) => view.getInt32(at + offset, true))
  return { width: (right ?? 0) - (left ?? 0) + 1, height: (bottom ?? 0) - (top ?? 0) + 1 }
}
