import { z } from 'zod'
import { boxSchema, pointSchema } from './geometry.ts'

/** What a criterion draws on the picture so that a photographer sees what was measured. */
export const regionSchema = z.discriminatedUnion('shape', [
  z.object({ shape: z.literal('box'), label: z.string(), box: boxSchema }),
  z.object({ shape: z.literal('line'), label: z.string(), from: pointSchema, to: pointSchema }),
  z.object({ shape: z.literal('points'), label: z.string(), points: z.array(pointSchema) })
])
export type Region = z.infer<typeof regionSchema>

/**
 * passed, failed: decided against the band. undecided: the judge contradicts itself; never counts as passed.
 * not-attempted: the engine says it cannot do this. advisory: told, never decides.
 */
export const outcomeSchema = z.enum(['passed', 'failed', 'undecided', 'not-attempted', 'advisory'])
export type Outcome = z.infer<typeof outcomeSchema>

/** Limits of a value, both inclusive; a missing side is open. */
export const bandSchema = z.object({ min: z.number().optional(), max: z.number().optional() })
export type Band = z.infer<typeof bandSchema>

export const CRITERION_IDS = [
  'face-count',
  'identity',
  'head-height',
  'eye-line',
  'head-centre',
  'head-tilt',
  'eyes-open',
  'expression',
  'sharpness',
  'noise',
  'exposure',
  'highlight-clipping',
  'shadow-clipping',
  'background-match',
  'matte-halo',
  'picture-valid',
  'size',
  'source-detail'
] as const

/** A measured criterion's id from the list, or `vlm:<parameter>` and the like for questions to a model. */
export const criterionIdSchema = z.union([z.enum(CRITERION_IDS), z.string().regex(/^(vlm|parameter):[a-z-]+$/)])
export type MeasuredCriterionId = (typeof CRITERION_IDS)[number]
export type CriterionId = z.infer<typeof criterionIdSchema>

/** One row of the ledger: a question, its answer, and who answered it how. */
export const criterionSchema = z.object({
  id: criterionIdSchema,
  /** A yes/no question a photographer understands. */
  question: z.string(),
  source: z.enum(['measured', 'vlm']),
  outcome: outcomeSchema,
  /** The figure measured, in `unit`; null where there is none. */
  value: z.number().nullable(),
  /** e.g. '%', '°', 'px', 'distance', 'ΔE00', 'EV', 'count', 'probability'. */
  unit: z.string(),
  band: bandSchema,
  /** 0 (as bad as it gets) .. 1 (ideal); comparable between attempts for one criterion. */
  score: z.number().min(0).max(1),
  /** One sentence where the figure alone does not explain the outcome. */
  note: z.string().optional(),
  /** The photo itself has the flaw, so that no setting of an engine that keeps its pixels mends it. */
  inPhoto: z.literal(true).optional(),
  regions: z.array(regionSchema),
  measuredBy: z.object({ engine: z.string(), version: z.string() })
})
export type Criterion = z.infer<typeof criterionSchema>

/** passed or failed by the band; a value that is not finite always fails. */
export function outcomeWithin(value: number, band: Band): 'passed' | 'failed' {
  if (!Number.isFinite(value)) return 'failed'
  if (band.min !== undefined && value < band.min) return 'failed'
  if (band.max !== undefined && value > band.max) return 'failed'
  return 'passed'
}
