import { z } from 'zod'
import { criterionSchema } from '../domain/criterion.ts'
import {
  engineDescriptionSchema,
  finishRequestSchema,
  generateRequestSchema,
  madePictureSchema,
  measureRequestSchema,
  previewRequestSchema
} from '../domain/engine.ts'
import { serializedErrorSchema } from '../domain/errors.ts'
import { sizeSchema } from '../domain/geometry.ts'
import { photoInspectionSchema } from '../domain/photo.ts'
import { progressSchema } from '../domain/progress.ts'

/**
 * The engine protocol: what main and an engine process say to each other, over `process.send` under Node and
 * `parentPort` under Electron. Pictures never travel in it, only paths.
 */

/** Roles an engine process can be started in; each loads only its own modules. */
export const engineRoleSchema = z.enum(['builtin'])
export type EngineRole = z.infer<typeof engineRoleSchema>

/** Calls an engine process answers. */
export const ENGINE_CALLS = {
  describe: { params: z.null(), result: engineDescriptionSchema },
  inspect: { params: z.object({ path: z.string() }), result: photoInspectionSchema },
  measure: { params: measureRequestSchema, result: z.array(criterionSchema) },
  preview: { params: previewRequestSchema, result: sizeSchema },
  generate: { params: generateRequestSchema, result: madePictureSchema },
  finish: { params: finishRequestSchema, result: madePictureSchema }
} as const

export type EngineCallName = keyof typeof ENGINE_CALLS
export type EngineCallParams<N extends EngineCallName> = z.infer<(typeof ENGINE_CALLS)[N]['params']>
export type EngineCallResult<N extends EngineCallName> = z.infer<(typeof ENGINE_CALLS)[N]['result']>

const callNameSchema = z.enum(Object.keys(ENGINE_CALLS) as [EngineCallName, ...EngineCallName[]])
const callIdSchema = z.int().nonnegative()

export const toEngineSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('call'), id: callIdSchema, name: callNameSchema, params: z.unknown() }),
  z.object({ type: z.literal('cancel'), id: callIdSchema }),
  /** Finish nothing, close sessions, exit 0. */
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
