import { z } from 'zod'
import { machinePathSchema } from './machine-path.ts'

/** A hot folder: photos that arrive in it become jobs with one preset. */
export const watchFolderSchema = z.object({
  _id: z.string().min(1),
  folder: machinePathSchema,
  /** null: the settings that new orders begin with. */
  presetId: z.string().nullable(),
  subfolders: z.boolean(),
  enabled: z.boolean()
})
export type WatchFolder = z.infer<typeof watchFolderSchema>
