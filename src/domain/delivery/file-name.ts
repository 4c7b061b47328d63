/** Refused by Windows whatever the extension: https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
const RESERVED = /^(con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d¹²³])(?=$|\.)/iu
/**
 * Path separators, what Windows refuses, and what does not show: controls, direction marks, halves of characters. The
 * joiners U+200C and U+200D stay: Persian and Indic names are spelt with them.
 */
const UNSAFE = /(?:[\p{Cc}\p{Cs}\p{Zl}\p{Zp}<>:"/\\|?*]|(?![\u200c\u200d])\p{Cf})+/gu
/** A file name has at most 255 bytes on Linux and 255 UTF-16 units elsewhere; the rest is for number and extension. */
const MAX_BYTES = 200

/** Used where nothing of a name is left. */
export const NAMELESS = 'portrait'

const utf8 = new TextEncoder()

/** The longest beginning of whole characters, as a reader counts them, that fits into so many bytes of UTF-8. */
function shortened(name: string, bytes: number): string {
  if (utf8.encode(name).length <= bytes) return name
  let kept = ''
  let size = 0
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(name)) {
    size += utf8.encode(segment).length
    if (size > bytes) break
    kept += segment
  }
  return kept
}

/**
 * A name, without extension, that every file system takes: never empty, never a path, never hidden, at most 200 bytes.
 * Letters of every script stay as they are.
 */
export function safeFileName(name: string, maxBytes = MAX_BYTES): string {
  const cleaned = shortened(name.normalize('NFC').replace(UNSAFE, '_'), maxBytes).replace(/^[.\s]+|[.\s]+$/gu, '')
  if (cleaned === '') return NAMELESS
  return cleaned.replace(RESERVED, '$1_')
}

/** A photo's name without its folder and its extension, made safe. */
export function stemOf(photoName: string): string {
  const base = photoName.slice(Math.max(photoName.lastIndexOf('/'), photoName.lastIndexOf('\\')) + 1)
  const dot = base.lastIndexOf('.')
  return safeFileName(dot > 0 ? base.slice(0, dot) : base)
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/tiff': 'tif',
  'image/webp': 'webp',
  'image/avif': 'avif'
}

export function extensionOf(mediaType: string): string {
  return EXTENSIONS[mediaType] ?? 'bin'
}
