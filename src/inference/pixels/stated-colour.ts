import { StudioError } from '../../domain/errors.ts'
import { say } from '../../domain/sentences/say.ts'
import { matrixProfile, SRGB_CURVE } from './matrix-profile.ts'
import type { PhotoProfile } from './photo-header.ts'
import { DISPLAY_P3, REC2020, type RgbPrimaries, SRGB } from './rgb-spaces.ts'
import { readDirectory, TIFF_TAG } from './tiff-directory.ts'

/** Adobe RGB (1998) Color Image Encoding, Adobe Systems 2005: 4.3.1 and 4.3.4. */
const ADOBE_RGB: RgbPrimaries = { ...SRGB, green: [0.21, 0.71] }
const ADOBE_RGB_GAMMA = 563 / 256

/** "R03" and its terminator, the option file of DCF 2.0 (CIPA DC-009), which cameras write instead of a profile. */
const ADOBE_RGB_OPTION = 0x52303300
/** What sharp hands out before the TIFF structure. */
const EXIF_PREFIX = 'Exif\0\0'

/** Adobe RGB where a camera's EXIF says so. */
export function colourOfExif(exif: Uint8Array): PhotoProfile | null {
  const prefixed = Buffer.from(exif.subarray(0, 6)).toString('latin1') === EXIF_PREFIX
  const start = prefixed ? EXIF_PREFIX.length : 0
  const pointer = readDirectory(exif, start)?.get(TIFF_TAG.exifDirectory)
  const interoperability =
    pointer === undefined ? undefined : readDirectory(exif, start, pointer)?.get(TIFF_TAG.interoperabilityDirectory)
  if (interoperability === undefined) return null
  const index = readDirectory(exif, start, interoperability)?.get(TIFF_TAG.interoperabilityIndex)
  if (index !== ADOBE_RGB_OPTION) return null
  const description = 'Adobe RGB (1998)'
  return { icc: matrixProfile(description, ADOBE_RGB, ADOBE_RGB_GAMMA), description, embedded: false }
}

/** Colour primaries by their code point (ITU-T H.273, table 2) that differ from sRGB's and occur in photos. */
const WIDE_PRIMARIES: Readonly<Record<number, readonly [RgbPrimaries, string]>> = {
  9: [REC2020, 'Rec. 2020'],
  12: [DISPLAY_P3, 'Display P3']
}
/** Transfer characteristics of PQ and HLG (ITU-T H.273, table 3). */
const HDR_TRANSFERS: readonly number[] = [16, 18]

/**
 * The space that the colour box of a HEIC or AVIF file states by code points (ISO/IEC 14496-12, 12.1.5), where it is
 * wider than sRGB.
 *
 * @throws StudioError `file-unsupported` for PQ and HLG, whose light levels a portrait has no use for
 */
export function colourOfHeif(head: Uint8Array): PhotoProfile | null {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.length)
  const at = bytes.indexOf('colrnclx', 0, 'latin1')
  if (at < 0 || at + 12 > bytes.length) return null
  if (HDR_TRANSFERS.includes(bytes.readUInt16BE(at + 10))) {
    throw new StudioError('file-unsupported', say('error-hdr'), {
      hint: say('hint-export-sdr')
    })
  }
  const wide = WIDE_PRIMARIES[bytes.readUInt16BE(at + 8)]
  if (wide === undefined) return null
  const [primaries, description] = wide
  return { icc: matrixProfile(description, primaries, SRGB_CURVE), description, embedded: false }
}
