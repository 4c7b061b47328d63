import { z } from 'zod'
import { instantSchema } from '../instant.ts'
import { modelIdSchema } from './catalogue-model.ts'
import { modelFileSchema } from './model-file.ts'

/** Name of the manifest in the folder of an installed model. */
export const INSTALLED_MODEL_FILE = 'apex-model.json'

/** What was installed; written before the folder has its name, so that a folder with it is whole. */
export const installedModelSchema = z.object({
  schemaVersion: z.literal(1),
  id: modelIdSchema,
  /** `hub`: downloaded and checked against the hub's digests. `folder`: taken as it was found, with digests of its own. */
  origin: z.enum(['hub', 'folder']),
  repository: z.string(),
  /** The commit at the hub; null where nobody knows it. */
  commit: z.string().nullable(),
  files: z.array(modelFileSchema),
  installedAt: instantSchema
})
export type InstalledModel = z.infer<typeof installedModelSchema>
