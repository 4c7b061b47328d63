import { z } from 'zod'
import { criterionIdSchema } from './criterion.ts'
import { instantSchema } from './instant.ts'

/** The account of a job for a layman, written from the ledger only. */
export const reportSchema = z.object({
  /** One sentence anyone understands. */
  summary: z.string(),
  attempts: z.array(z.object({ attempt: z.int().positive(), analysis: z.string() })),
  rootCauses: z.array(z.object({ criteria: z.array(criterionIdSchema), cause: z.string() })),
  recommendations: z.array(
    z.object({
      advice: z.string(),
      /** Parameters to change in a new job, where the advice is one the studio can carry out. */
      parameters: z.record(z.string(), z.string()).optional()
    })
  ),
  /** Why it is not that of the model that was to write it; left out where it is, and where no model was to. */
  note: z.string().optional(),
  writtenBy: z.object({ engine: z.string(), version: z.string() }),
  writtenAt: instantSchema
})
export type Report = z.infer<typeof reportSchema>
