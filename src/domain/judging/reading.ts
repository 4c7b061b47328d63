import type { YesNoAnswer } from '../chat-model.ts'
import type { Outcome } from '../criterion.ts'
import { say } from '../sentences/say.ts'

/**
 * Probability of yes and no together below which the model was about to say something else than an answer. A choice:
 * half, so that what it says is at least likelier than what it does not.
 */
export const MINIMUM_MASS = 0.5

/** How far from even both phrasings have to be before their disagreement is a contradiction and no doubt. A choice. */
export const CONTRADICTION_MARGIN = 0.1

/**
 * Scores at which an answer passes and fails where no calibration says better, alike to both sides of even; between
 * them the judge is not sure. A choice: whoever gives the same answer to everything scores exactly 0.5.
 */
export const UNCALIBRATED_PASS_AT = 0.6
export const FAIL_AT = 0.4

/** What a model makes of one criterion in its two phrasings. */
export interface Reading {
  /**
   * 0 (certainly not as it should be) .. 1 (certainly), the mean of both phrasings over what went to yes and no: a
   * liking for yes raises the one as far as it lowers the other. 0.5 where there is no answer to speak of.
   */
  readonly score: number
  readonly standing: 'consistent' | 'contradicts-itself' | 'says-neither'
}

/** Share of yes, or null where too little went to yes and no. */
function shareOfYes({ yes, no }: YesNoAnswer): number | null {
  const mass = yes + no
  return mass < MINIMUM_MASS ? null : yes / mass
}

/** Which side of even a share is clearly on: 1, -1, or 0 for neither. */
function side(share: number): number {
  if (share > 0.5 + CONTRADICTION_MARGIN) return 1
  return share < 0.5 - CONTRADICTION_MARGIN ? -1 : 0
}

/**
 * Both phrasings in one figure. P(yes) of the first token as the score of a picture against words: VQAScore, Lin et al.
 * 2024, https://arxiv.org/abs/2404.01291; that it is asked both ways is ours.
 */
export function readAnswers(positive: YesNoAnswer, negated: YesNoAnswer): Reading {
  const said = shareOfYes(positive)
  const denied = shareOfYes({ yes: negated.no, no: negated.yes })
  if (said === null || denied === null) return { score: 0.5, standing: 'says-neither' }
  const contradicts = side(said) * side(denied) < 0
  return { score: (said + denied) / 2, standing: contradicts ? 'contradicts-itself' : 'consistent' }
}

/** passed, failed, or undecided: by a contradiction, by no answer, or by a score between the two limits. */
export function outcomeOf(
  { score, standing }: Reading,
  passAt: number
): Extract<Outcome, 'passed' | 'failed' | 'undecided'> {
  if (standing !== 'consistent') return 'undecided'
  if (score >= passAt) return 'passed'
  return score <= FAIL_AT ? 'failed' : 'undecided'
}

/** Why a reading decides nothing; undefined where it does. */
export function doubtInWords(reading: Reading, passAt: number): string | undefined {
  if (outcomeOf(reading, passAt) !== 'undecided') return undefined
  switch (reading.standing) {
    case 'contradicts-itself':
      return say('judge-contradicts-itself')
    case 'says-neither':
      return say('judge-says-neither')
    case 'consistent':
      return say('judge-not-sure')
  }
}
