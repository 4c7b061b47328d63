import { z } from 'zod'
import { CRITERION_IDS, type MeasuredCriterionId } from './criterion.ts'

/** How hard one criterion judges. off: still measured and shown, but it decides nothing. */
export const strictnessLevelSchema = z.enum(['off', 'lenient', 'normal', 'strict'])
export type StrictnessLevel = z.infer<typeof strictnessLevelSchema>

/** Without these a picture is not a portrait of that person at that size at all, so no order can relax them. */
export const ALWAYS_NORMAL: readonly MeasuredCriterionId[] = ['face-count', 'picture-valid', 'size']

export const ADJUSTABLE_CRITERIA: readonly MeasuredCriterionId[] = CRITERION_IDS.filter(
  (id) => !ALWAYS_NORMAL.includes(id)
)

/** Criteria that are not named judge as `normal`. */
export const strictnessSchema = z
  .partialRecord(z.enum(CRITERION_IDS), strictnessLevelSchema)
  .refine((levels) => ALWAYS_NORMAL.every((id) => (levels[id] ?? 'normal') === 'normal'), {
    message: `${ALWAYS_NORMAL.join(', ')} cannot be relaxed`
  })
export type Strictness = z.infer<typeof strictnessSchema>
