import { z } from 'zod'
import { serializedErrorSchema } from '../errors.ts'
import { sizeSchema } from '../geometry.ts'
import { machinePathSchema } from '../machine-path.ts'
import { deliveryItemSchema } from './delivery-item.ts'
import { exportPresetSchema } from './export-preset.ts'

const MOST_ITEMS = 10_000
const MOST_PRESETS = 16

export const deliveryItemsSchema = z.array(deliveryItemSchema).min(1).max(MOST_ITEMS)

/** Writes every picture once for each preset. */
export const exportRequestSchema = z.strictObject({
  items: deliveryItemsSchema,
  presets: z.array(exportPresetSchema).min(1).max(MOST_PRESETS),
  folder: machinePathSchema
})
export type ExportRequest = z.infer<typeof exportRequestSchema>

const outcomeSchema = deliveryItemSchema.extend({ presetId: z.string() })

/** What became of each: a picture that cannot be exported stops no other. */
export const exportResultSchema = z.object({
  folder: z.string(),
  written: z.array(
    outcomeSchema.extend({
      path: z.string(),
      bytes: z.int().positive(),
      size: sizeSchema,
      bitsPerChannel: z.int().positive(),
      /** Said to the photographer, e.g. that the picture is smaller than was asked for. */
      notes: z.array(z.string())
    })
  ),
  /** The name was taken, and the preset says to leave the picture out. */
  skipped: z.array(outcomeSchema.extend({ path: z.string() })),
  failed: z.array(outcomeSchema.extend({ error: serializedErrorSchema }))
})
export type ExportResult = z.infer<typeof exportResultSchema>
