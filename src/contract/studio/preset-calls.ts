import { z } from 'zod'
import { ownBackdropSchema } from '../../domain/job.ts'
import { machinePathSchema } from '../../domain/machine-path.ts'
import { orderSettingsSchema } from '../../domain/order.ts'
import { presetNameSchema, presetSchema } from '../../domain/preset.ts'
import { command, query } from './call-definition.ts'
import { idSchema, idsSchema, nothingSchema } from './shapes.ts'

export const PRESET_CALLS = {
  /** Ordered by name. */
  'presets.list': query(nothingSchema, z.object({ presets: z.array(presetSchema) })),
  /** Adds one, or changes the one of this id. */
  'presets.save': command(
    z.strictObject({
      id: idSchema.nullable().default(null),
      name: presetNameSchema,
      settings: orderSettingsSchema,
      backdrop: ownBackdropSchema.nullable().default(null)
    }),
    presetSchema
  ),
  'presets.rename': command(z.strictObject({ id: idSchema, name: presetNameSchema }), presetSchema),
  'presets.remove': command(z.strictObject({ id: idSchema }), nothingSchema),
  /** Writes a file that another studio can read. */
  'presets.export': command(
    z.strictObject({ ids: idsSchema, path: machinePathSchema }),
    z.object({ path: z.string(), presets: z.int().nonnegative() })
  ),
  /** Adds what a file holds; a name that is taken gets a number. @throws `preset-unreadable`. */
  'presets.import': command(z.strictObject({ path: machinePathSchema }), z.object({ presets: z.array(presetSchema) }))
} as const
