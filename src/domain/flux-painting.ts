import { z } from 'zod'
import { fluxFamilyIdSchema } from './flux-family.ts'
import { sizeSchema } from './geometry.ts'

/** Photos a FLUX model is shown at most (FLUX.2 klein: four). */
export const MOST_FLUX_REFERENCES = 4

/** What the process of a FLUX model is asked to paint. */
export const paintRequestSchema = z.object({
  /** Folder of the model. */
  model: z.string(),
  prompt: z.string(),
  seed: z.int().nonnegative(),
  /** Multiples of 16 px. */
  size: z.object({ width: z.int().positive().multipleOf(16), height: z.int().positive().multipleOf(16) }),
  /** Photos the model looks at, as files on this machine's disk; those beyond what it takes are left out, and a note says so. */
  references: z.array(z.string()).max(MOST_FLUX_REFERENCES),
  /** A photo it starts from, brought to `size`; the smaller the strength, the more of it stays. */
  start: z.object({ path: z.string(), strength: z.number().min(0).max(1) }).optional(),
  /** Left out: what the model was made for. */
  steps: z.int().positive().max(100).optional(),
  guidance: z.number().nonnegative().optional(),
  /** What the model may take of the machine's memory; left out, most of what is free. */
  memoryBytes: z.number().positive().optional(),
  /** Where the 16-bit sRGB PNG is written; previews of it as it forms lie beside it. */
  outputPath: z.string()
})
export type PaintRequest = z.infer<typeof paintRequestSchema>

export const paintedSchema = z.object({
  size: sizeSchema,
  notes: z.array(z.string()),
  /** Bytes of the weights that stay in memory for the next picture. */
  keptBytes: z.number().nonnegative()
})
export type Painted = z.infer<typeof paintedSchema>

/** What a folder turns out to hold. */
export const fluxModelSchema = z.object({
  family: fluxFamilyIdSchema,
  label: z.string(),
  /** Of its weights on the drive. */
  bytes: z.number().nonnegative(),
  steps: z.int().positive(),
  /** Null where it takes none. */
  guidance: z.number().nullable(),
  /** Photos it looks at; 0 where it only starts from one. */
  mostReferences: z.int().nonnegative(),
  runsOn: z.string()
})
export type FluxModel = z.infer<typeof fluxModelSchema>
