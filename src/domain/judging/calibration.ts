import { z } from 'zod'
import { criterionIdSchema } from '../criterion.ts'
import { engineIdentitySchema } from '../engine.ts'
import { instantSchema } from '../instant.ts'
import { type Count, differenceInterval } from './proportion.ts'
import { FAIL_AT, outcomeOf, type Reading, UNCALIBRATED_PASS_AT } from './reading.ts'

/** What a judge made of one criterion on pictures whose truth is known. */
export const criterionCalibrationSchema = z.object({
  id: criterionIdSchema,
  /** Score from which on an answer passes. */
  passAt: z.number().min(0).max(1),
  /** Pictures with the flaw planted, and how many of them it let pass. */
  flawed: z.object({ n: z.int().nonnegative(), accepted: z.int().nonnegative() }),
  /** Pictures without it, and how many of them it did not let pass. */
  sound: z.object({ n: z.int().nonnegative(), rejected: z.int().nonnegative() })
})
export type CriterionCalibration = z.infer<typeof criterionCalibrationSchema>

/** How far one judge can be trusted, as measured on the photographer's own photos. */
export const judgeCalibrationSchema = z.object({
  /** `judgeKey` of the judge and the catalogue of questions. */
  _id: z.string(),
  judge: engineIdentitySchema,
  catalogue: z.int().positive(),
  photos: z.int().positive(),
  measuredAt: instantSchema,
  criteria: z.array(criterionCalibrationSchema)
})
export type JudgeCalibration = z.infer<typeof judgeCalibrationSchema>

/** A picture whose truth is known for one criterion, and what the judge made of it. */
export interface Canary {
  /** The photo it was made from: canaries of one photo are alike. */
  readonly photo: string
  readonly truth: 'sound' | 'flawed'
  readonly reading: Reading
}

/**
 * No calibration goes below: a judge that gives the same answer to everything scores 0.5, and that must stay undecided
 * however its canaries fell.
 */
export const LOWEST_PASS_AT = 0.55

/**
 * The score that tells sound from flawed best: largest J = sensitivity + specificity − 1 (W. J. Youden, "Index for
 * rating diagnostic tests", Cancer 3 (1950) 32–35), of equal ones that in the widest gap.
 */
export function bestThreshold(canaries: readonly Canary[]): number {
  const of = (truth: Canary['truth']) => canaries.filter((canary) => canary.truth === truth)
  const [sound, flawed] = [of('sound'), of('flawed')]
  if (sound.length === 0 || flawed.length === 0) return UNCALIBRATED_PASS_AT
  const accepted = (all: readonly Canary[], at: number) =>
    all.filter(({ reading }) => outcomeOf(reading, at) === 'passed').length / all.length
  const scores = [...new Set([FAIL_AT, ...canaries.map(({ reading }) => reading.score), 1])].sort((a, b) => a - b)
  let best = { at: UNCALIBRATED_PASS_AT, youden: 0, gap: 0 }
  for (const [index, high] of scores.entries()) {
    const low = scores[index - 1] ?? high
    const at = Math.max(LOWEST_PASS_AT, (low + high) / 2)
    const youden = accepted(sound, at) - accepted(flawed, at)
    const gap = high - low
    if (youden > best.youden || (youden === best.youden && gap > best.gap)) best = { at, youden, gap }
  }
  // A judge that tells nothing apart leaves no threshold that is better than another.
  return best.youden > 0 ? best.at : UNCALIBRATED_PASS_AT
}

/**
 * Threshold and error rates of one criterion. The rates are honest: each photo is judged by the threshold that the
 * other photos gave, since one that was fitted to a picture says little of the next. The threshold kept is that of all.
 */
export function calibrateCriterion(id: CriterionCalibration['id'], canaries: readonly Canary[]): CriterionCalibration {
  const judged = [...new Set(canaries.map(({ photo }) => photo))].flatMap((photo) => {
    const passAt = bestThreshold(canaries.filter((canary) => canary.photo !== photo))
    return canaries
      .filter((canary) => canary.photo === photo)
      .map(({ truth, reading }) => ({ truth, accepted: outcomeOf(reading, passAt) === 'passed' }))
  })
  const count = (truth: Canary['truth'], accepted: boolean) =>
    judged.filter((each) => each.truth === truth && each.accepted === accepted).length
  const [acceptedFlaws, refusedFlaws] = [count('flawed', true), count('flawed', false)]
  const [acceptedSound, refusedSound] = [count('sound', true), count('sound', false)]
  return {
    id,
    passAt: bestThreshold(canaries),
    flawed: { n: acceptedFlaws + refusedFlaws, accepted: acceptedFlaws },
    sound: { n: acceptedSound + refusedSound, rejected: refusedSound }
  }
}

export const falseAccepts = ({ flawed }: CriterionCalibration): Count => ({ n: flawed.n, hits: flawed.accepted })
export const falseRejects = ({ sound }: CriterionCalibration): Count => ({ n: sound.n, hits: sound.rejected })

/** How much more often it accepts sound pictures than flawed ones lies above 0 with its whole 95 % interval. */
export function beatsChance(criterion: CriterionCalibration): boolean {
  const { sound } = criterion
  return differenceInterval({ n: sound.n, hits: sound.n - sound.rejected }, falseAccepts(criterion)).low > 0
}

/** Whether there were enough pictures of both kinds for a judge that is always right to be told from chance. */
export function canTell({ flawed, sound }: CriterionCalibration): boolean {
  return differenceInterval({ n: sound.n, hits: sound.n }, { n: flawed.n, hits: 0 }).low > 0
}
