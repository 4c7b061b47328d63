import { z } from 'zod'
import { StudioError } from '../../../domain/errors.ts'
import type { Size } from '../../../domain/geometry.ts'
import { LARGEST_SEED } from '../../../domain/order.ts'
import type { PictureOrder } from './picture-maker.ts'

/** Pixels of an edge. */
const EDGE = { least: 64, most: 4096 }
const MOST_STEPS = 100
const MOST_GUIDANCE = 30
const LONGEST_PROMPT = 8_000
const SQUARE: Size = { width: 1024, height: 1024 }

/** `1024x768`; `auto` and nothing leave it to the server. */
const sizeText = z.union([
  z.literal('auto').transform(() => SQUARE),
  z
    .string()
    .regex(/^\d{2,4}x\d{2,4}$/, 'a size is written as 1024x768')
    .transform((text) => {
      const [width = 0, height = 0] = text.split('x').map(Number)
      return { width, height }
    })
    .refine(
      ({ width, height }) => Math.min(width, height) >= EDGE.least && Math.max(width, height) <= EDGE.most,
      `an edge has ${EDGE.least} to ${EDGE.most} pixels`
    )
])

/** Numbers come as text in a form. */
const number = z.coerce.number()

/** A form has it as text. */
const flag = z.union([z.boolean(), z.stringbool()])

/** OpenAI's own limit. */
const MOST_PARTIALS = 3

/**
 * The parameters of OpenAI's Images API that this server knows. Those that would make another picture than it makes are
 * refused; the others, e.g. `quality`, make no difference here.
 */
export const imagesFieldsSchema = z.looseObject({
  prompt: z.string().trim().min(1).max(LONGEST_PROMPT),
  model: z.string().max(200).optional(),
  n: number.pipe(z.literal(1, 'one picture is made at a time')).optional(),
  size: sizeText.optional(),
  response_format: z.literal('b64_json', 'pictures are sent as b64_json only').optional(),
  seed: number.pipe(z.int().min(0).max(LARGEST_SEED)).optional(),
  num_inference_steps: number.pipe(z.int().min(1).max(MOST_STEPS)).optional(),
  guidance_scale: number.pipe(z.number().min(0).max(MOST_GUIDANCE)).optional(),
  negative_prompt: z.string().max(LONGEST_PROMPT).optional(),
  output_format: z.literal('png', 'pictures are sent as png only').optional(),
  background: z.literal(['auto', 'opaque'], 'pictures have no transparent parts').optional(),
  stream: flag.optional(),
  partial_images: number.pipe(z.int().min(0).max(MOST_PARTIALS)).optional()
})
export type ImagesFields = z.infer<typeof imagesFieldsSchema>

export function orderOfImages(fields: ImagesFields, pictures: readonly string[]): PictureOrder {
  return {
    prompt: fields.prompt,
    negativePrompt: fields.negative_prompt,
    pictures,
    size: fields.size ?? SQUARE,
    seed: fields.seed ?? anySeed(),
    steps: fields.num_inference_steps,
    guidance: fields.guidance_scale
  }
}

/** Of the seed system's `/generate`. */
export const seedFieldsSchema = z.looseObject({
  prompt: z.string().trim().min(1).max(LONGEST_PROMPT),
  guidance_scale: number.pipe(z.number().min(0).max(MOST_GUIDANCE)).optional(),
  job_id: z.string().max(200).optional()
})
export type SeedFields = z.infer<typeof seedFieldsSchema>

export function orderOfSeed(fields: SeedFields, pictures: readonly string[]): PictureOrder {
  return { prompt: fields.prompt, pictures, size: SQUARE, seed: anySeed(), guidance: fields.guidance_scale }
}

const anySeed = () => Math.floor(Math.random() * LARGEST_SEED)

/** The fields of a form, each of which may come once. @throws StudioError `request-invalid` */
export function fieldsOf<S extends z.ZodType>(schema: S, fields: ReadonlyMap<string, readonly string[]>): z.output<S> {
  const twice = [...fields].find(([, values]) => values.length > 1)
  if (twice) throw new StudioError('request-invalid', `The field "${twice[0]}" came more than once.`)
  const parsed = schema.safeParse(Object.fromEntries([...fields].map(([name, values]) => [name, values[0]])))
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  const says = issues.map(({ path, message }) => `${path}: ${message}`).join('; ')
  throw new StudioError('request-invalid', says, { details: { issues } })
}
