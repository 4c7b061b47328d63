import { z } from 'zod'
import { StudioError } from '../../../domain/errors.ts'
import { LARGEST_SEED, MOST_ATTEMPTS, type OrderSettings, orderSettingsSchema } from '../../../domain/order.ts'
import { type Parameters, parseParameters } from '../../../domain/parameters/parameters.ts'
import { strictnessSchema } from '../../../domain/strictness.ts'
import { BYTES } from '../problem-responses.ts'
import type { ReceivedForm } from '../uploads/receive-form.ts'

/** Names of parts: the seed system's, and ours beside them. */
export const PHOTO_FIELD = 'image_file'
const MOST_PRIORITY = 1000

const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^-?\d{1,10}$/, 'a whole number is needed')
    .transform(Number)
    .pipe(z.int().min(least).max(most))

const engineName = z.string().trim().min(1).max(100)

const fieldsSchema = z.strictObject({
  parameters: z.string({ error: 'the form has no field "parameters"' }),
  seed: whole(0, LARGEST_SEED).optional(),
  max_attempts: whole(1, MOST_ATTEMPTS).optional(),
  priority: whole(-MOST_PRIORITY, MOST_PRIORITY).default(0),
  generator: engineName.optional(),
  vlm: engineName.optional(),
  strictness: z.string().optional(),
  /** From 0, as the errors about faces list them; one for each photo. */
  face: z.array(whole(0, 999)).default([])
})

/** The form as the description of the API has it. */
export const orderFormSchema = z.object({
  [PHOTO_FIELD]: z
    .array(BYTES)
    .min(1)
    .describe('Photos of one person, the main one first. Part of this name once for each photo'),
  parameters: z
    .string()
    .describe(
      'JSON text: purpose, attire, background, vibe, lighting, mood, resolution, notes. What is left out has a default'
    ),
  seed: z.int().min(0).max(LARGEST_SEED).optional().describe('The same seed makes the same pictures'),
  max_attempts: z.int().min(1).max(MOST_ATTEMPTS).optional(),
  priority: z.int().min(-MOST_PRIORITY).max(MOST_PRIORITY).optional().describe('Higher ones are begun first'),
  generator: z.string().optional().describe('Name of the image generator; the studio chooses where it is left out'),
  vlm: z.string().optional(),
  strictness: z.string().optional().describe('JSON text: off, lenient, normal or strict by criterion'),
  face: z.array(z.int().min(0)).optional().describe('Who is meant in each photo: index of the face, from 0')
})

export interface OrderForm {
  readonly settings: OrderSettings
  readonly priority: number
  readonly faces: readonly number[]
}

/** @throws StudioError `request-invalid`, `parameters-invalid` */
export function readOrderForm({ fields, files }: ReceivedForm): OrderForm {
  if (files.length === 0) throw new StudioError('request-invalid', `The form has no photo as "${PHOTO_FIELD}".`)
  const { face: faces, ...form } = parsed(fieldsSchema, single(fields))
  if (faces.length > files.length)
    throw new StudioError('request-invalid', 'More faces are chosen than there are photos.')
  const settings = orderSettingsSchema.parse({
    parameters: readParameters(form.parameters),
    seed: form.seed ?? null,
    attempts: form.max_attempts ?? null,
    engines: { generator: form.generator ?? null, vlm: form.vlm ?? null },
    strictness: form.strictness === undefined ? {} : parsed(strictnessSchema, json('strictness', form.strictness))
  })
  return { settings, priority: form.priority, faces }
}

/** Every field once; faces as often as there are photos. @throws StudioError `request-invalid` */
function single(fields: ReceivedForm['fields']): Record<string, unknown> {
  const values = new Map<string, unknown>()
  for (const [name, texts] of fields) {
    if (name === 'face') values.set(name, texts)
    else if (texts.length === 1) values.set(name, texts[0])
    else throw new StudioError('request-invalid', `The field "${name}" comes ${texts.length} times.`)
  }
  return Object.fromEntries(values)
}

function json(name: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new StudioError('request-invalid', `The field "${name}" is no JSON.`, { cause })
  }
}

const customNotesSchema = z.looseObject({ custom_notes: z.string(), notes: z.undefined().optional() })

/** The seed system's form calls the notes `custom_notes`. */
function readParameters(text: string): Parameters {
  const given = json('parameters', text)
  const seeds = customNotesSchema.safeParse(given)
  if (!seeds.success) return parseParameters(given)
  const { custom_notes: notes, ...parameters } = seeds.data
  return parseParameters({ ...parameters, notes })
}

function parsed<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issues = result.error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message }))
  const said = issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ')
  throw new StudioError('request-invalid', `The form cannot be understood. ${said}`, { details: { issues } })
}
