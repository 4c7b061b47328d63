/** Tags of TIFF 6.0, TIFF/EP and EXIF that tell a camera's raw file from a scan. */
export const TIFF_TAG = {
  newSubfileType: 254,
  photometricInterpretation: 262,
  orientation: 274,
  subIfds: 330
} as const

/**
 * First value of every SHORT and LONG tag in the first directory of a TIFF that begins at `start`, or of a raw format
 * that only changes TIFF's magic number (ORF, RW2). Null where there is none within these bytes.
 */
export function readFirstDirectory(bytes: Uint8Array, start = 0): ReadonlyMap<number, number> | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, bytes.length - start)
  if (view.byteLength < 8) return null
  const order = view.getUint16(0)
  const little = order === 0x4949
  if (!little && order !== 0x4d4d) return null
  const offset = view.getUint32(4, little)
  if (offset + 2 > view.byteLength) return null
  const count = view.getUint16(offset, little)
  if (offset + 2 + 12 * count > view.byteLength) return null
  const values = new Map<number, number>()
  for (let entry = offset + 2; entry < offset + 2 + 12 * count; entry += 12) {
    const type = view.getUint16(entry + 2, little)
    const tag = view.getUint16(entry, little)
    if (type === 3) values.set(tag, view.getUint16(entry + 8, little))
    if (type === 4) values.set(tag, view.getUint32(entry + 8, little))
  }
  return values
}

/** PhotometricInterpretation of colour filter array and linear raw data (TIFF/EP 2001; DNG 1.7). */
const RAW_PHOTOMETRICS: readonly (number | undefined)[] = [32803, 34892]

/** Whether a TIFF is a raw file in disguise: its first picture a thumbnail with the real one beneath, or sensor data. */
export function isRawDirectory(directory: ReadonlyMap<number, number>): boolean {
  const thumbnail = ((directory.get(TIFF_TAG.newSubfileType) ?? 0) & 1) === 1 && directory.has(TIFF_TAG.subIfds)
  return thumbnail || RAW_PHOTOMETRICS.includes(directory.get(TIFF_TAG.photometricInterpretation))
}
