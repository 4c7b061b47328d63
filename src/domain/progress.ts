import { z } from 'zod'
import { criterionSchema } from './criterion.ts'

/** The steps of a job as a photographer reads them. */
export const stepSchema = z.enum(['inspect', 'brief', 'generate', 'judge', 'tune', 'finish', 'report'])
export type Step = z.infer<typeof stepSchema>

/** How far a long call is. `withinMs`: the next sign of life comes within this time, or the engine counts as hung. */
export const progressSchema = z.object({
  activity: z.string(),
  done: z.number().nonnegative(),
  total: z.number().positive(),
  withinMs: z.number().positive(),
  /** Rows of a ledger that are measured so far. */
  ledger: z.array(criterionSchema).optional(),
  /** A small JPEG of the picture as it forms, as a file on this machine's disk; it stays until the call has ended. */
  preview: z.string().optional(),
  /** What a model has written so far. */
  text: z.string().optional()
})
export type Progress = z.infer<typeof progressSchema>
export type OnProgress = (progress: Progress) => void

/** Handed to every long call. */
export interface CallContext {
  readonly signal: AbortSignal
  readonly onProgress: OnProgress
}
