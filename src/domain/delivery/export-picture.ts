import { z } from 'zod'
import { sizeSchema } from '../geometry.ts'
import { exportOptionsSchema } from './export-options.ts'

/** How a picture was made, as it is written into the file. */
export const pictureRecipeSchema = z.object({
  job: z.string(),
  attempt: z.int().positive(),
  seed: z.int().nonnegative(),
  engine: z.string(),
  engineVersion: z.string(),
  prompt: z.string(),
  parameters: z.record(z.string(), z.string())
})
export type PictureRecipe = z.infer<typeof pictureRecipeSchema>

/** The order to write one stored picture as a file for delivery. */
export const exportPictureRequestSchema = z.object({
  /** The stored picture. */
  path: z.string(),
  /** The photo it was made from: its camera and copyright data may be kept. Null where that photo is gone. */
  referencePath: z.string().nullable(),
  outputPath: z.string(),
  options: exportOptionsSchema,
  /** What is said of the picture; `options.metadata` decides how much of it. */
  title: z.string(),
  digitalSourceType: z.url(),
  software: z.string(),
  recipe: pictureRecipeSchema
})
export type ExportPictureRequest = z.infer<typeof exportPictureRequestSchema>

export const exportedPictureSchema = z.object({
  size: sizeSchema,
  bytes: z.int().positive(),
  bitsPerChannel: z.union([z.literal(8), z.literal(16)]),
  pixelsPerInch: z.int().positive().nullable(),
  /** Said to the photographer, e.g. that the picture is smaller than was asked for. */
  notes: z.array(z.string())
})
export type ExportedPicture = z.infer<typeof exportedPictureSchema>
