import { z } from 'zod'
import { serializedErrorSchema } from '../../domain/errors.ts'
import { exportPresetSchema } from '../../domain/export-preset.ts'
import { command, desktopOnly, query } from './call-definition.ts'
import { bulkResultSchema, idSchema, nothingSchema, pathSchema } from './shapes.ts'

/** `attempt: null` is what the job delivered, its final or else its best. */
export const deliveryItemSchema = z.strictObject({
  jobId: idSchema,
  attempt: z.int().positive().nullable().default(null)
})
export type DeliveryItem = z.infer<typeof deliveryItemSchema>

const itemsSchema = z.array(deliveryItemSchema).min(1).max(10_000)

const deliveryOutcomeSchema = z.object({ jobId: idSchema, attempt: z.int().positive().nullable(), presetId: idSchema })

export const exportResultSchema = z.object({
  folder: z.string(),
  written: z.array(deliveryOutcomeSchema.extend({ path: z.string(), bytes: z.int().nonnegative() })),
  /** The name was taken, and the preset says to leave it out. */
  skipped: z.array(deliveryOutcomeSchema.extend({ path: z.string() })),
  failed: z.array(deliveryOutcomeSchema.extend({ error: serializedErrorSchema }))
})
export type ExportResult = z.infer<typeof exportResultSchema>

export const contactSheetOptionsSchema = z.strictObject({
  title: z.string().max(200).default(''),
  columns: z.int().min(1).max(12).default(4),
  rows: z.int().min(1).max(12).default(5),
  paper: z.enum(['a4', 'letter']).default('a4'),
  orientation: z.enum(['portrait', 'landscape']).default('portrait'),
  /** Lines under each picture. */
  captions: z.array(z.enum(['name', 'subject', 'purpose', 'stars', 'date'])).default(['name']),
  /** Attempts too, or only what was delivered. */
  attempts: z.boolean().default(false)
})
export type ContactSheetOptions = z.infer<typeof contactSheetOptionsSchema>

/** What a client picked in a proofing bundle. */
const proofingPickSchema = z.object({
  jobId: idSchema,
  attempt: z.int().positive().nullable(),
  pick: z.boolean(),
  stars: z.int().min(0).max(5).nullable(),
  comment: z.string().max(2000)
})
export type ProofingPick = z.infer<typeof proofingPickSchema>

const writtenFileSchema = z.object({ path: z.string(), bytes: z.int().nonnegative() })

export const DELIVERY_CALLS = {
  /** Long, with progress by picture. One that fails stops no other. */
  'delivery.export': command(
    z.strictObject({ items: itemsSchema, presets: z.array(exportPresetSchema).min(1).max(16), folder: pathSchema }),
    exportResultSchema
  ),
  /** What each file would be called, without writing any. */
  'delivery.previewNames': query(
    z.strictObject({ items: itemsSchema, preset: exportPresetSchema, folder: pathSchema.nullable() }),
    z.object({ names: z.array(z.string()) })
  ),
  /** The built-in presets and those that were saved. */
  'delivery.presets': query(
    nothingSchema,
    z.object({ presets: z.array(exportPresetSchema.extend({ builtIn: z.boolean() })) })
  ),
  /** Adds one, or replaces the one of the same id. */
  'delivery.savePreset': command(
    z.strictObject({ preset: exportPresetSchema.extend({ _id: idSchema.nullable() }) }),
    exportPresetSchema
  ),
  'delivery.removePreset': command(z.strictObject({ id: idSchema }), nothingSchema),
  /** Long. One PDF, at `path`. */
  'delivery.contactSheet': command(
    z.strictObject({ items: itemsSchema, options: contactSheetOptionsSchema.prefault({}), path: pathSchema }),
    writtenFileSchema.extend({ pages: z.int().positive() })
  ),
  /** Long. The report of one job, at `path`. */
  'delivery.report': command(
    z.strictObject({ jobId: idSchema, format: z.enum(['pdf', 'html']), path: pathSchema }),
    writtenFileSchema
  ),
  /** Long. A folder that a client opens in any browser; whose picks come back as a file. */
  'delivery.writeProofing': command(
    z.strictObject({ items: itemsSchema, title: z.string().trim().min(1).max(200), folder: pathSchema }),
    z.object({ folder: z.string(), pictures: z.int().nonnegative() })
  ),
  /** Applies a client's picks as flags and stars. */
  'delivery.readProofing': command(
    z.strictObject({ path: pathSchema }),
    bulkResultSchema.extend({ title: z.string(), picks: z.array(proofingPickSchema) })
  ),
  /** Begins to drag finished files out of the window; call it from the page's own `dragstart`, which it cancels. */
  'delivery.startDrag': desktopOnly(
    z.strictObject({ items: z.array(deliveryItemSchema).min(1).max(100) }),
    z.object({ files: z.int().nonnegative() })
  ),
  /** Prepares what `startDrag` hands over, so that the drag itself need not wait; on hover or selection. */
  'delivery.prepareDrag': desktopOnly(
    z.strictObject({ items: z.array(deliveryItemSchema).min(1).max(100) }),
    nothingSchema
  )
} as const
