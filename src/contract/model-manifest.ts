import { z } from 'zod'

/** Name of the manifest in the models folder. */
export const MODEL_MANIFEST_FILE = 'manifest.json'

const builtModelSchema = z.object({
  /** Models of another version of the studio may lie beside those of this one. */
  id: z.string(),
  file: z.string(),
  bytes: z.int().positive(),
  /** SHA-256 of the file, hexadecimal. */
  sha256: z.string(),
  inputs: z.array(z.string()),
  outputs: z.array(z.string())
})

/** What `npm run models` has built; an engine process opens a model only when its file is the one listed here. */
export const modelManifestSchema = z.object({ schemaVersion: z.literal(1), models: z.array(builtModelSchema) })
export type ModelManifest = z.infer<typeof modelManifestSchema>
