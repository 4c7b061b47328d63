const PHOTOS = [
  'jpg',
  'jpeg',
  'png',
  'tif',
  'tiff',
  'webp',
  'avif',
  'heic',
  'heif',
  'dng',
  'cr2',
  'cr3',
  'nef',
  'arw',
  'raf',
  'orf',
  'rw2'
] as const

/** Extensions of what is read and written, as dialogs offer them first. A file is known by its content, not by these. */
export const FILE_EXTENSIONS = {
  photos: PHOTOS,
  backdrops: ['hdr', 'exr', ...PHOTOS],
  presets: ['json'],
  proofing: ['json'],
  pdf: ['pdf'],
  html: ['html']
} as const

export type FileKind = keyof typeof FILE_EXTENSIONS

const NO_PHOTO = /^(\..*|thumbs\.db|desktop\.ini|.*\.(xmp|txt|json|html?|md|pdf|zip|mov|mp4|ds_store))$/i

/** What a folder of photos also holds; files of other kinds are tried, and refused with their reason. */
export const isNoPhoto = (name: string): boolean => NO_PHOTO.test(name)
