import type { CriterionId } from '../criterion.ts'
import { beatsChance, type CriterionCalibration, canTell, type JudgeCalibration } from './calibration.ts'

/**
 * What a judge's vote on one criterion rests on: tried and found better than chance; tried and found no better, which
 * costs the vote; tried on too few pictures, or on one kind only, to tell; not tried on this while on others, where it
 * keeps the vote (`not-measured`) unless it lost most of those (`distrusted`); never tried at all.
 */
export type VoteGround =
  | 'better-than-chance'
  | 'no-better-than-chance'
  | 'too-few'
  | 'not-measured'
  | 'distrusted'
  | 'never-calibrated'

const WITHOUT_VOTE: ReadonlySet<VoteGround> = new Set<VoteGround>(['no-better-than-chance', 'distrusted'])

export interface Vote {
  readonly ground: VoteGround
  readonly counts: boolean
  /** What was found; undefined where it was not tried on the criterion. */
  readonly measured: CriterionCalibration | undefined
}

/** Whether a judge's word on a criterion decides, and why. @param calibration null where it was never tried */
export function voteOn(calibration: JudgeCalibration | null, id: CriterionId): Vote {
  const measured = calibration?.criteria.find((criterion) => criterion.id === id)
  const ground = groundOf(calibration, measured)
  return { ground, counts: !WITHOUT_VOTE.has(ground), measured }
}

function groundOf(calibration: JudgeCalibration | null, measured: CriterionCalibration | undefined): VoteGround {
  if (calibration === null) return 'never-calibrated'
  if (measured === undefined) return isDistrusted(calibration) ? 'distrusted' : 'not-measured'
  if (!canTell(measured)) return 'too-few'
  return beatsChance(measured) ? 'better-than-chance' : 'no-better-than-chance'
}

/** More votes lost than kept, of those that could be told. A choice: who fails most tests is not trusted untested. */
function isDistrusted({ criteria }: JudgeCalibration): boolean {
  const told = criteria.filter(canTell)
  return told.filter((criterion) => !beatsChance(criterion)).length > told.length / 2
}
