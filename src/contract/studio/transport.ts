import { z } from 'zod'
import { serializedErrorSchema } from '../../domain/errors.ts'

/** What goes over the wire for one call; its parameters are parsed by the schema of its name. */
export const studioRequestSchema = z.strictObject({
  name: z.string().max(100),
  params: z.unknown(),
  /** Chosen by the caller: names the call in `task.progress` and `tasks.cancel`. */
  task: z.string().min(1).max(100).nullable()
})
export type StudioRequest = z.infer<typeof studioRequestSchema>

export const studioAnswerSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), result: z.unknown() }),
  z.object({ ok: z.literal(false), error: serializedErrorSchema })
])
export type StudioAnswer = z.infer<typeof studioAnswerSchema>

export const studioMessageSchema = z.object({ event: z.string(), payload: z.unknown() })
export type StudioMessage = z.infer<typeof studioMessageSchema>

/** What carries calls and events; IPC and HTTP each have one. Nothing in it is trusted until it has been parsed. */
export interface StudioTransport {
  /** Resolves to the answer, an error included; rejects only where nothing can be carried. */
  call(request: StudioRequest): Promise<unknown>
  /** All events, as they come; the function it returns ends it. */
  listen(listener: (message: unknown) => void): () => void
  /** What picture addresses begin with, see `mediaAddress`. */
  readonly mediaBase: string
}
