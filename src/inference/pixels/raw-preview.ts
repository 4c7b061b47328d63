import type { Size } from '../../domain/geometry.ts'
import { readDirectory, TIFF_TAG } from './tiff-directory.ts'

/** A finished picture inside a camera's raw file. */
export interface EmbeddedPreview extends Size {
  /** The whole JPEG. */
  readonly jpeg: Uint8Array
}

/**
 * The largest JPEG in a raw file. Every maker stores one, mostly of full size, but each elsewhere; so the file is
 * searched for JPEGs as such. Lossless JPEG, as which raw data itself is stored, is passed over.
 */
export function findPreview(file: Uint8Array): EmbeddedPreview | null {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.length)
  let best: EmbeddedPreview | null = null
  for (let at = bytes.indexOf(START); at >= 0; ) {
    const found = readJpeg(bytes, at)
    if (found && (best === null || found.width * found.height > best.width * best.height)) best = found
    // Skipping a whole JPEG skips the thumbnail in its own EXIF.
    at = bytes.indexOf(START, found ? at + found.jpeg.length : at + 2)
  }
  return best
}

/** Orientation (EXIF, 1..8) that the raw file itself states, or null. */
export function containerOrientation(file: Uint8Array): number | null {
  // In CR3, an ISO base media file, Canon keeps the first directory in a box of this name.
  const box = Buffer.from(file.buffer, file.byteOffset, Math.min(file.length, 1 << 20)).indexOf('CMT1', 0, 'latin1')
  const directory = readDirectory(file, box >= 0 ? box + 4 : 0)
  const orientation = directory?.get(TIFF_TAG.orientation)
  return orientation !== undefined && orientation >= 1 && orientation <= 8 ? orientation : null
}

/** SOI and the first byte of any marker (ITU-T T.81, annex B). */
const START = Buffer.of(0xff, 0xd8, 0xff)
const [SOI, EOI, SOS] = [0xd8, 0xd9, 0xda] as const
/** Baseline, extended and progressive Huffman; what every decoder reads. */
const FRAMES: readonly number[] = [0xc0, 0xc1, 0xc2]
/** Lossless, hierarchical and arithmetic frames. */
const OTHER_FRAMES: readonly number[] = [0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf]

const isRestart = (marker: number) => marker >= 0xd0 && marker <= 0xd7

/** The JPEG that begins at `start`, or null where that is not one, or not one to look at. */
function readJpeg(bytes: Buffer, start: number): EmbeddedPreview | null {
  let size: Size | null = null
  let at = start + 2
  while (at + 2 <= bytes.length) {
    if (bytes[at] !== 0xff) return null
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at++
      continue
    }
    if (marker === EOI) return size && { ...size, jpeg: bytes.subarray(start, at + 2) }
    if (marker === SOI || marker === 0 || isRestart(marker) || OTHER_FRAMES.includes(marker)) return null
    const length = at + 4 <= bytes.length ? bytes.readUInt16BE(at + 2) : 0
    if (length < 2 || at + 2 + length > bytes.length) return null
    if (FRAMES.includes(marker)) {
      if (length < 8 || bytes[at + 4] !== 8) return null
      size = { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) }
    }
    at += 2 + length
    if (marker === SOS) at = endOfScan(bytes, at)
  }
  return null
}

/** Position of the marker that ends the entropy-coded data from `at` on. */
function endOfScan(bytes: Buffer, at: number): number {
  for (let next = bytes.indexOf(0xff, at); next >= 0; next = bytes.indexOf(0xff, next + 1)) {
    const marker = bytes[next + 1] ?? EOI
    if (marker !== 0 && marker !== 0xff && !isRestart(marker)) return next
  }
  return bytes.length
}
