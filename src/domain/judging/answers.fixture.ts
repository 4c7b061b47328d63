import fc from 'fast-check'
import type { YesNoAnswer } from '../chat-model.ts'

const unit = fc.double({ min: 0, max: 1, noNaN: true })

/** Any probabilities of yes and no; what is missing to 1 went to other words. */
export const anyAnswer: fc.Arbitrary<YesNoAnswer> = fc
  .tuple(unit, unit)
  .map(([mass, share]) => ({ yes: mass * share, no: mass * (1 - share) }))

/** Sure of yes by this share, and of nothing else. */
export const saying = (yes: number): YesNoAnswer => ({ yes, no: 1 - yes })
