/** How a photo file is read. raw: a camera's raw file. */
export type PhotoKind = 'jpeg' | 'png' | 'webp' | 'tiff' | 'gif' | 'avif' | 'heic' | 'raw'

/** By the extension that the library file-type gives to a content; what is not listed is no photo. */
export const PHOTO_KINDS: Readonly<Record<string, PhotoKind>> = {
  jpg: 'jpeg',
  png: 'png',
  apng: 'png',
  webp: 'webp',
  tif: 'tiff',
  gif: 'gif',
  avif: 'avif',
  heic: 'heic',
  cr2: 'raw',
  cr3: 'raw',
  nef: 'raw',
  arw: 'raw',
  dng: 'raw',
  raf: 'raw',
  orf: 'raw',
  rw2: 'raw'
}

/** Raw formats with a magic number of their own in place of TIFF's, which file-type tells by more than that. */
export const RAW_MAGICS: Readonly<Record<string, string>> = {
  IIRO: 'image/x-olympus-orf',
  IIRS: 'image/x-olympus-orf',
  MMOR: 'image/x-olympus-orf',
  'IIU\0': 'image/x-panasonic-rw2'
}

/** A little over 150 megapixels, so that the largest camera backs (14204 × 10652) fit. */
export const MOST_PHOTO_PIXELS = 160_000_000
/** Of the shorter edge, px; a head in less has nothing to work with. */
export const LEAST_PHOTO_EDGE = 64
