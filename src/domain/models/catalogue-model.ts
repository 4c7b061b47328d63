import { z } from 'zod'

/** What a model can be asked for. */
const modelAbilitySchema = z.enum(['text-to-image', 'image-to-image', 'reference-editing', 'brief-writing', 'judging'])

/** Also the name of the folder that the model is installed in. */
export const modelIdSchema = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/)

const bytesSchema = z.int().nonnegative()
/** A pattern of picomatch, relative to the repository. */
const filePatternSchema = z.string().min(1).max(200)

const modelLicenceSchema = z.strictObject({
  /** An SPDX identifier where there is one (https://spdx.org/licenses/). */
  id: z.string().min(1),
  name: z.string().min(1),
  url: z.url({ protocol: /^https$/ }),
  /** May be used for paid work; where not, the licence must be accepted before the download. */
  commercial: z.boolean()
})

export const catalogueModelSchema = z.strictObject({
  id: modelIdSchema,
  name: z.string().min(1).max(100),
  /** The port that it serves. */
  role: z.enum(['generator', 'vlm']),
  /** Offered first of its role. */
  preferred: z.boolean(),
  abilities: z.array(modelAbilitySchema).min(1),
  about: z.strictObject({ en: z.string(), de: z.string() }),
  /** `owner/name` at the hub. */
  repository: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  /** A branch, tag or commit; which commit it stood for is kept with what is installed. */
  revision: z.string().regex(/^[\w./-]{1,100}$/),
  /** Each pattern must match at least one file. */
  files: z.array(filePatternSchema).min(1),
  /** Taken along where they are there. */
  optionalFiles: z.array(filePatternSchema).default([]),
  /** The whole download, as far as is known; exact sizes come from the hub before it begins. */
  bytes: bytesSchema,
  licence: modelLicenceSchema,
  /** The hub asks for an account that has accepted its terms. */
  gated: z.boolean(),
  memory: z.strictObject({
    /** With one part loaded at a time. */
    least: bytesSchema,
    /** With every part kept loaded. */
    whole: bytesSchema
  }),
  /** By the name of a session, e.g. `vision_encoder`: its precision as transformers.js names it. */
  dtypes: z.record(z.string(), z.enum(['fp32', 'fp16', 'q8', 'q4', 'q4f16'])).optional()
})
export type CatalogueModel = z.infer<typeof catalogueModelSchema>

export const modelCatalogueSchema = z
  .strictObject({ schemaVersion: z.literal(1), models: z.array(catalogueModelSchema) })
  .refine(({ models }) => new Set(models.map(({ id }) => id)).size === models.length, 'An id stands twice.')
