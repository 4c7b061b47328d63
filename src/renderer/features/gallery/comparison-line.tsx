import type { Attempt } from '../../../domain/job.ts'
import { comparisonInWords } from '../../../domain/judging/comparison-words.ts'
import { useTold } from '../../language/told.ts'

/** Whether an attempt is better than the best before it, and who said so; nothing of one that was not compared. */
export function ComparisonLine({ attempt }: { readonly attempt: Attempt | undefined }) {
  const told = useTold()
  if (!attempt?.comparison) return null
  return <p className="quiet">{told(comparisonInWords(attempt.number, attempt.comparison))}</p>
}
