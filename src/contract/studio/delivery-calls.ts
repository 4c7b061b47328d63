import { z } from 'zod'
import { contactSheetOptionsSchema } from '../../domain/delivery/contact-sheet.ts'
import { deliveryItemSchema } from '../../domain/delivery/delivery-item.ts'
import { exportPresetSchema } from '../../domain/delivery/export-preset.ts'
import { deliveryItemsSchema, exportRequestSchema, exportResultSchema } from '../../domain/delivery/export-request.ts'
import { proofingOptionsSchema, proofingPicksSchema } from '../../domain/delivery/proofing.ts'
import { machinePathSchema } from '../../domain/machine-path.ts'
import { command, desktopOnly, query } from './call-definition.ts'
import { bulkResultSchema, idSchema, nothingSchema } from './shapes.ts'

const writtenFileSchema = z.object({ path: z.string(), bytes: z.int().nonnegative() })
const fewItemsSchema = z.array(deliveryItemSchema).min(1).max(100)

export const DELIVERY_CALLS = {
  /** Long, with progress by picture. One that fails stops no other. */
  'delivery.export': command(exportRequestSchema, exportResultSchema),
  /** What each file would be called, without writing any; empty for a picture that is not there. */
  'delivery.previewNames': query(
    z.strictObject({ items: deliveryItemsSchema, preset: exportPresetSchema, folder: machinePathSchema.nullable() }),
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
    z.strictObject({
      items: deliveryItemsSchema,
      options: contactSheetOptionsSchema.prefault({}),
      path: machinePathSchema
    }),
    writtenFileSchema.extend({ pages: z.int().positive() })
  ),
  /** Long. The report of one job, at `path`. */
  'delivery.report': command(
    z.strictObject({ jobId: idSchema, format: z.enum(['pdf', 'html']), path: machinePathSchema }),
    writtenFileSchema
  ),
  /** Long. A folder that a client opens in any browser; whose picks come back as a file. */
  'delivery.writeProofing': command(
    z.strictObject({ items: deliveryItemsSchema, options: proofingOptionsSchema, folder: machinePathSchema }),
    z.object({ folder: z.string(), page: z.string(), pictures: z.int().nonnegative() })
  ),
  /** Applies a client's picks as flags and stars. */
  'delivery.readProofing': command(
    z.strictObject({ path: machinePathSchema }),
    bulkResultSchema.extend({ picks: proofingPicksSchema })
  ),
  /** Begins to drag finished files out of the window; call it from the page's own `dragstart`, which it cancels. */
  'delivery.startDrag': desktopOnly(
    z.strictObject({ items: fewItemsSchema }),
    z.object({ files: z.int().nonnegative() })
  ),
  /** Prepares what `startDrag` hands over, so that the drag itself need not wait; on hover or selection. */
  'delivery.prepareDrag': desktopOnly(z.strictObject({ items: fewItemsSchema }), nothingSchema)
} as const
