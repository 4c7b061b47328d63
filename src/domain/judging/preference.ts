import { z } from 'zod'
import type { YesNoAnswer } from '../chat-model.ts'
import type { Criterion } from '../criterion.ts'
import type { Judgement } from '../judgement.ts'
import { CONTRADICTION_MARGIN, MINIMUM_MASS } from './reading.ts'

/** Which of two attempts is the better one, and who said so. */
export const preferenceSchema = z.object({
  better: z.enum(['champion', 'challenger']),
  decidedBy: z.enum(['measurements', 'judge', 'score']),
  /** Probability, 0..1, that the challenger is the better one, over both orders; null where no model was asked or none answered. */
  probability: z.number().min(0).max(1).nullable()
})
export type Preference = z.infer<typeof preferenceSchema>

/** An attempt that fails one of these is no portrait of that person, however well a model likes it. */
const VETO: ReadonlySet<Criterion['id']> = new Set<Criterion['id']>(['picture-valid', 'size', 'face-count', 'identity'])

const vetoes = ({ ledger }: Judgement) =>
  ledger.filter(({ id, outcome }) => VETO.has(id) && outcome === 'failed').length

/** What is measured decides first: fewer of the failures that no liking outweighs. Null where they are even. */
export function preferredByVeto(champion: Judgement, challenger: Judgement): Preference | null {
  const more = vetoes(challenger) - vetoes(champion)
  if (more === 0) return null
  return { better: more < 0 ? 'challenger' : 'champion', decidedBy: 'measurements', probability: null }
}

/** The higher score; of equal ones the later, which was made to mend the other. */
export function preferredByScore(champion: Judgement, challenger: Judgement): Preference {
  const better = champion.score > challenger.score ? 'champion' : 'challenger'
  return { better, decidedBy: 'score', probability: null }
}

/** What a model is asked of two portraits that it is shown one after the other. */
export const PAIR_QUESTIONS = {
  first: 'Is the first picture the better portrait of the two?',
  second: 'Is the second picture the better portrait of the two?'
} as const

export interface PairAnswers {
  readonly first: YesNoAnswer
  readonly second: YesNoAnswer
}

/** Share of the second picture in what was said for either; null where too little was. */
function shareOfSecond({ first, second }: PairAnswers): number | null {
  const share = ({ yes, no }: YesNoAnswer) => (yes + no < MINIMUM_MASS ? null : yes / (yes + no))
  const [one, two] = [share(first), share(second)]
  return one === null || two === null ? null : (two + 1 - one) / 2
}

/**
 * What a model prefers that was shown both orders: only what holds in both counts, and what depends on the order is a
 * tie. Null for a tie. Judges are far better at comparing than at scoring: GenArena, https://arxiv.org/abs/2602.06013.
 *
 * @param forward the champion was the first picture
 * @param backward the challenger was
 */
export function preferredInBothOrders(forward: PairAnswers, backward: PairAnswers): Preference | null {
  const [second, first] = [shareOfSecond(forward), shareOfSecond(backward)]
  if (second === null || first === null) return null
  const [ahead, swapped] = [second, 1 - first]
  const clear = (share: number) => Math.abs(share - 0.5) > CONTRADICTION_MARGIN
  if (!clear(ahead) || !clear(swapped) || ahead > 0.5 !== swapped > 0.5) return null
  return { better: ahead > 0.5 ? 'challenger' : 'champion', decidedBy: 'judge', probability: (ahead + swapped) / 2 }
}
