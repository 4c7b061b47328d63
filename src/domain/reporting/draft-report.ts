import { z } from 'zod'

const sentence = (most: number) => z.string().trim().min(1).max(most)
const criteria = z.array(z.string()).max(40)

/** A report as a model writes it: each statement with the rows of the ledger that it speaks of. */
export const draftReportSchema = z.object({
  summary: sentence(500),
  /** The rows that the summary speaks of. */
  summaryCriteria: criteria.default([]),
  attempts: z.array(z.object({ attempt: z.int().positive(), criteria, analysis: sentence(900) })),
  rootCauses: z.array(z.object({ criteria, cause: sentence(500) })).max(10),
  recommendations: z
    .array(z.object({ criteria, advice: sentence(500), parameters: z.record(z.string(), z.string()).optional() }))
    .max(10)
})
export type DraftReport = z.infer<typeof draftReportSchema>
