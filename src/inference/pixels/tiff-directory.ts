/** Tags of TIFF 6.0, TIFF/EP and EXIF 2.32 that are read here. */
export const TIFF_TAG = {
  interoperabilityIndex: 1,
  newSubfileType: 254,
  photometricInterpretation: 262,
  orientation: 274,
  subIfds: 330,
  exifDirectory: 34665,
  interoperabilityDirectory: 40965
} as const

const [ASCII, SHORT, LONG] = [2, 3, 4] as const

/**
 * First value of every SHORT and LONG tag in a directory of a TIFF that begins at `start`, or of a raw format that only
 * changes TIFF's magic number (ORF, RW2); texts of up to four characters as one big-endian number. Null where there is
 * no whole directory within these bytes.
 *
 * @param offset of the directory from `start`; left out, the first
 */
export function readDirectory(bytes: Uint8Array, start = 0, offset?: number): ReadonlyMap<number, number> | null {
  if (start + 8 > bytes.length) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, bytes.length - start)
  const order = view.getUint16(0)
  const little = order === 0x4949
  if (!little && order !== 0x4d4d) return null
  const at = offset ?? view.getUint32(4, little)
  if (at + 2 > view.byteLength) return null
  const end = at + 2 + 12 * view.getUint16(at, little)
  if (end > view.byteLength) return null
  const values = new Map<number, number>()
  for (let entry = at + 2; entry < end; entry += 12) {
    const type = view.getUint16(entry + 2, little)
    const tag = view.getUint16(entry, little)
    if (type === SHORT) values.set(tag, view.getUint16(entry + 8, little))
    if (type === LONG) values.set(tag, view.getUint32(entry + 8, little))
    if (type === ASCII && view.getUint32(entry + 4, little) <= 4) values.set(tag, view.getUint32(entry + 8))
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
