import { z } from 'zod'

/** How a contact sheet is laid out. */
export const contactSheetOptionsSchema = z.strictObject({
  title: z.string().trim().max(200).default(''),
  columns: z.int().min(1).max(12).default(4),
  rows: z.int().min(1).max(12).default(5),
  paper: z.enum(['a4', 'letter']).default('a4'),
  orientation: z.enum(['portrait', 'landscape']).default('portrait'),
  /** Lines below each picture, in this order. */
  captions: z
    .array(z.enum(['name', 'subject', 'purpose', 'picture', 'verdict', 'stars', 'date']))
    .max(4)
    .default(['subject', 'picture']),
  /** Every attempt of each job too, behind what was delivered. */
  attempts: z.boolean().default(false)
})
export type ContactSheetOptions = z.infer<typeof contactSheetOptionsSchema>
