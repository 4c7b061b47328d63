/** What is said of a photo file beside its size. */
export const PHOTO_PHRASES = {
  'photo-assumed-srgb': 'assumed sRGB',
  'photo-assumed-cmyk': 'assumed press CMYK',
  'photo-raw-preview': 'the embedded preview of the RAW file is used ({{size}})',
  'photo-first-page': 'only the first page is used',
  'photo-first-frame': 'only the first frame is used',
  'photo-heic-8-bits': 'HEIC is read with 8 bits per channel',
  'photo-16-bits': 'values are read with 16 bits per channel',
  'photo-broken-profile': 'the embedded colour profile is broken and not used',
  'photo-cmyk-unstated': 'CMYK without a profile is read as that of a common press'
} as const
