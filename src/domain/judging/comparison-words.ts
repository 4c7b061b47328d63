import { figure } from '../figures.ts'
import type { Attempt } from '../job.ts'
import { say } from '../sentences/say.ts'

type Comparison = NonNullable<Attempt['comparison']>

/** How an attempt compares with the best before it, and who said so. */
export function comparisonInWords(number: number, { against, better, decidedBy, probability }: Comparison): string {
  const isBetter = better === number
  const words = { number: against, because: because(decidedBy, probability, isBetter) }
  return isBetter ? say('better-than', words) : say('stays-better', words)
}

function because(decidedBy: Comparison['decidedBy'], probability: number | null, isBetter: boolean): string {
  switch (decidedBy) {
    case 'measurements':
      return say('as-measured')
    case 'score':
      return say('by-score')
    case 'judge': {
      if (probability === null) return say('as-judge-saw')
      const share = figure(Math.round(100 * (isBetter ? probability : 1 - probability)))
      return say('as-judge-saw-by', { share })
    }
  }
}
