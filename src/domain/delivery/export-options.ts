import { z } from 'zod'
import { exportSizeSchema } from './export-size.ts'

export const exportFormatSchema = z.enum(['jpeg', 'png', 'webp', 'tiff', 'avif'])
export type ExportFormat = z.infer<typeof exportFormatSchema>

/** What a format is called in a list, its media type, and what it can hold. */
export const EXPORT_FORMATS = {
  jpeg: { label: 'JPEG', mediaType: 'image/jpeg', bits: 8, lossy: true },
  png: { label: 'PNG', mediaType: 'image/png', bits: 16, lossy: false },
  webp: { label: 'WebP', mediaType: 'image/webp', bits: 8, lossy: true },
  tiff: { label: 'TIFF', mediaType: 'image/tiff', bits: 16, lossy: false },
  avif: { label: 'AVIF', mediaType: 'image/avif', bits: 8, lossy: true }
} as const satisfies Record<ExportFormat, { label: string; mediaType: string; bits: 8 | 16; lossy: boolean }>

export const outputProfileSchema = z.enum(['srgb', 'display-p3'])
export type OutputProfile = z.infer<typeof outputProfileSchema>

/** What the picture will be looked at on: paper spreads ink, and matte paper more of it, so it takes more sharpening. */
export const sharpenForSchema = z.enum(['none', 'screen', 'print-glossy', 'print-matte'])
export type SharpenFor = z.infer<typeof sharpenForSchema>

export const sharpenAmountSchema = z.enum(['low', 'standard', 'high'])
export type SharpenAmount = z.infer<typeof sharpenAmountSchema>

const MAX_TEXT = 200
const statement = z.string().trim().max(MAX_TEXT)

export const exportMetadataSchema = z.strictObject({
  /** all: camera, owner, source type and recipe. copyright: owner and source type. none: only the colour profile. */
  keep: z.enum(['all', 'copyright', 'none']).default('all'),
  /** With `all`, where the reference was taken. */
  location: z.boolean().default(false),
  /** With `all`, how the picture was made: parameters, prompt, seed, engine. */
  recipe: z.boolean().default(true),
  /** Said instead of what the reference says; empty keeps that. */
  creator: statement.default(''),
  copyright: statement.default('')
})

/** How a picture is written. Everything has a default: `{}` is a good JPEG at the picture's own size. */
export const exportOptionsSchema = z.strictObject({
  format: exportFormatSchema.default('jpeg'),
  /** 1 to 100, of the lossy formats. */
  quality: z.int().min(1).max(100).default(90),
  /** 16 only where both picture and format have them. */
  bitsPerChannel: z.union([z.literal(8), z.literal(16)]).default(8),
  size: exportSizeSchema.default({ kind: 'original' }),
  /** Whether a picture smaller than the size may be enlarged to it. */
  enlarge: z.boolean().default(false),
  sharpenFor: sharpenForSchema.default('none'),
  sharpenAmount: sharpenAmountSchema.default('standard'),
  profile: outputProfileSchema.default('srgb'),
  metadata: exportMetadataSchema.prefault({})
})
export type ExportOptions = z.infer<typeof exportOptionsSchema>
