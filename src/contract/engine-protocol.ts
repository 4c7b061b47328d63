import { z } from 'zod'
import { promptLengthSchema } from '../domain/briefing/prompt-length.ts'
import { chatAnswerSchema, chatRequestSchema, yesNoAnswerSchema, yesNoRequestSchema } from '../domain/chat-model.ts'
import { criterionSchema } from '../domain/criterion.ts'
import { exportedPictureSchema, exportPictureRequestSchema } from '../domain/delivery/export-picture.ts'
import {
  cropReferenceRequestSchema,
  engineDescriptionSchema,
  finishRequestSchema,
  frameReferenceRequestSchema,
  frameRequestSchema,
  generateRequestSchema,
  madePictureSchema,
  measureRequestSchema,
  previewRequestSchema,
  sideBySideRequestSchema,
  swatchRequestSchema
} from '../domain/engine.ts'
import { serializedErrorSchema } from '../domain/errors.ts'
import { fluxModelSchema, paintedSchema, paintRequestSchema } from '../domain/flux-painting.ts'
import { sizeSchema } from '../domain/geometry.ts'
import { plantRequestSchema } from '../domain/judging/planted-flaw.ts'
import { photoInspectionSchema } from '../domain/photo.ts'
import { progressSchema } from '../domain/progress.ts'

/**
 * The engine protocol: what main and an engine process say to each other, over `process.send` under Node and
 * `parentPort` under Electron. Pictures never travel in it, only paths. Main sends one call at a time: a model's run
 * blocks its process, so a second call could not be answered before the first anyway.
 */

/** Roles an engine process can be started in; each loads only its own modules. */
export const engineRoleSchema = z.enum(['builtin', 'delivery', 'flux', 'vlm'])
export type EngineRole = z.infer<typeof engineRoleSchema>

/** Name of the environment variable that tells an engine process where models, places and prompts lie. */
export const RESOURCES_VARIABLE = 'APEX_RESOURCES'
/**
 * Name of the environment variable that is `1` where an engine process is to make do with little memory: one thread to
 * a model, low strips, nothing kept for the next call but what this one shares.
 */
export const FRUGAL_VARIABLE = 'APEX_ENGINE_FRUGAL'

/** A vision-language model on this machine's disk, in the layout of transformers.js. */
export const localModelSchema = z.object({
  folder: z.string(),
  /** The share of the memory now free that it may take, 0..1. */
  memoryShare: z.number().positive().max(1),
  /** Tokens that a prompt and its answer may have together; left out, as many as the model takes. */
  contextLength: z.int().positive().optional()
})
export type LocalModel = z.infer<typeof localModelSchema>

/** The calls an engine process answers, by name. */
const calls = {
  describe: {
    /** One process may serve several ports of the studio. */
    params: z.object({ port: z.enum(['examiner', 'generator']) }),
    result: engineDescriptionSchema
  },
  inspect: { params: z.object({ path: z.string() }), result: photoInspectionSchema },
  measure: { params: measureRequestSchema, result: z.array(criterionSchema) },
  preview: { params: previewRequestSchema, result: sizeSchema },
  sideBySide: { params: sideBySideRequestSchema, result: sizeSchema },
  export: { params: exportPictureRequestSchema, result: exportedPictureSchema },
  generate: { params: generateRequestSchema, result: madePictureSchema },
  finish: { params: finishRequestSchema, result: madePictureSchema },
  swatch: { params: swatchRequestSchema, result: sizeSchema },
  inspectFlux: { params: z.object({ model: z.string() }), result: fluxModelSchema },
  paint: { params: paintRequestSchema, result: paintedSchema },
  measurePrompt: { params: z.object({ model: z.string(), prompt: z.string() }), result: promptLengthSchema },
  plant: { params: plantRequestSchema, result: sizeSchema },
  frameReference: { params: frameReferenceRequestSchema, result: sizeSchema },
  cropReference: { params: cropReferenceRequestSchema, result: sizeSchema },
  frame: { params: frameRequestSchema, result: sizeSchema },
  /** Opens the model, unless it is open; says what it runs on, in words. */
  load: { params: z.object({ model: localModelSchema }), result: z.object({ runsOn: z.string() }) },
  complete: { params: z.object({ model: localModelSchema, request: chatRequestSchema }), result: chatAnswerSchema },
  ask: {
    params: z.object({ model: localModelSchema, request: yesNoRequestSchema }),
    result: z.array(yesNoAnswerSchema)
  }
} as const

export type EngineCallName = keyof typeof calls
export type EngineCallParams<N extends EngineCallName> = z.infer<(typeof calls)[N]['params']>
export type EngineCallResult<N extends EngineCallName> = z.infer<(typeof calls)[N]['result']>

/** The same table, in a type that ties each name to its own schemas where the name is a type parameter. */
export const ENGINE_CALLS: {
  readonly [N in EngineCallName]: {
    readonly params: z.ZodType<EngineCallParams<N>>
    readonly result: z.ZodType<EngineCallResult<N>>
  }
} = calls

const callNameSchema = z.enum(Object.keys(calls) as [EngineCallName, ...EngineCallName[]])
const callIdSchema = z.int().nonnegative()

export const toEngineSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('call'), id: callIdSchema, name: callNameSchema, params: z.unknown() }),
  z.object({ type: z.literal('cancel'), id: callIdSchema }),
  /** Finish nothing, exit 0. */
  z.object({ type: z.literal('stop') })
])
export type ToEngine = z.infer<typeof toEngineSchema>

export const fromEngineSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), role: engineRoleSchema, version: z.string() }),
  z.object({ type: z.literal('progress'), id: callIdSchema, progress: progressSchema }),
  z.object({ type: z.literal('result'), id: callIdSchema, result: z.unknown() }),
  z.object({ type: z.literal('error'), id: callIdSchema, error: serializedErrorSchema })
])
export type FromEngine = z.infer<typeof fromEngineSchema>
