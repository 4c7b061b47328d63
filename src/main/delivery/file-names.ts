import { parse } from 'node:path'

const MAX_STEM = 80
/** Refused by Windows whatever the extension: https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/i

/** A folder name made from a photo's name that every file system takes; never empty, never a path. */
export function stemOf(photoName: string): string {
  const cleaned = parse(photoName)
    .name.normalize('NFC')
    .replace(/[\p{Cc}<>:"/\\|?*]+/gu, '_')
    .slice(0, MAX_STEM)
    .replace(/^[.\s]+|[.\s]+$/g, '')
  if (cleaned === '') return 'portrait'
  return RESERVED.test(cleaned) ? `${cleaned}_` : cleaned
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/tiff': 'tif',
  'image/webp': 'webp'
}

export function extensionOf(mediaType: string): string {
  return EXTENSIONS[mediaType] ?? 'bin'
}
