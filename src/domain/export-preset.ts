import { z } from 'zod'

export const exportFormatSchema = z.enum(['jpeg', 'png', 'webp', 'tiff', 'avif'])
export type ExportFormat = z.infer<typeof exportFormatSchema>

/** What stands in a name template between braces. */
export const NAME_FIELDS = [
  'subject',
  'purpose',
  'date',
  'time',
  'n',
  'attempt',
  'job',
  'original',
  'preset',
  'size'
] as const
export type NameField = (typeof NAME_FIELDS)[number]

const FIELD = /\{([^{}]*)\}/g
const isNameField = (text: string): text is NameField => (NAME_FIELDS as readonly string[]).includes(text)

/** e.g. `{subject}_{purpose}_{date}_{n}`; folders by `/`. */
export const nameTemplateSchema = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((text) => [...text.matchAll(FIELD)].every(([, field]) => isNameField(field ?? '')), {
    message: `between braces stands one of ${NAME_FIELDS.join(', ')}`
  })

/** What goes into the file beside the pixels. */
export const exportMetadataSchema = z.object({
  /** all: the camera's EXIF, copyright, and how the picture was made. copyright: author and copyright only. none: nothing. */
  keep: z.enum(['all', 'copyright', 'none']),
  /** Where the camera's EXIF is kept, whether its place on earth is too. */
  location: z.boolean(),
  /** Parameters and seed as XMP. */
  recipe: z.boolean(),
  /** IPTC DigitalSourceType, which says how the picture was made (https://cv.iptc.org/newscodes/digitalsourcetype/). */
  digitalSourceType: z.boolean()
})
export type ExportMetadata = z.infer<typeof exportMetadataSchema>

/** How a finished picture becomes a file. */
export const exportPresetSchema = z.object({
  _id: z.string().min(1),
  name: z.string().trim().min(1).max(80),
  format: exportFormatSchema,
  /** 1..100 for jpeg, webp and avif; the others lose nothing and ignore it. */
  quality: z.int().min(1).max(100),
  /** 16 only in tiff and png, and only where the source has them. */
  bits: z.union([z.literal(8), z.literal(16)]),
  /** Pixels of the longer edge; null keeps the delivered size. A smaller picture is not enlarged. */
  longEdge: z.int().min(64).max(16_384).nullable(),
  sharpening: z.enum(['none', 'screen', 'print']),
  colourSpace: z.enum(['srgb', 'display-p3']),
  nameTemplate: nameTemplateSchema,
  metadata: exportMetadataSchema,
  /** Where the name is taken already: a number is added, the file is replaced, or it is left out. */
  collision: z.enum(['number', 'replace', 'skip'])
})
export type ExportPreset = z.infer<typeof exportPresetSchema>
