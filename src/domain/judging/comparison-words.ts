import { figure } from '../figures.ts'
import type { Attempt } from '../job.ts'

type Comparison = NonNullable<Attempt['comparison']>

/** How an attempt compares with the best before it, and who said so. */
export function comparisonInWords(number: number, { against, better, decidedBy, probability }: Comparison): string {
  const verdict = better === number ? `Better than attempt ${against}` : `Attempt ${against} stays the better one`
  return `${verdict}, ${because(decidedBy, probability, better === number)}.`
}

function because(decidedBy: Comparison['decidedBy'], probability: number | null, isBetter: boolean): string {
  switch (decidedBy) {
    case 'measurements':
      return 'as measured'
    case 'score':
      return 'by its score'
    case 'judge': {
      if (probability === null) return 'as the judge saw in both orders'
      const share = figure(Math.round(100 * (isBetter ? probability : 1 - probability)))
      return `as the judge saw in both orders (${share}%)`
    }
  }
}
