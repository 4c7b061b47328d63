import type { Criterion } from '../../domain/criterion.ts'
import type { Limitation } from '../../domain/engine.ts'
import { unmeasured } from './row.ts'

/** One row for every part of the order the engine says it does not carry out. */
export function limitationRows(limitations: readonly Limitation[]): Criterion[] {
  return limitations.map(({ parameter, reason }) =>
    unmeasured(
      { id: `parameter:${idPart(parameter)}`, question: `Is "${parameter}" as asked for?`, unit: '' },
      'not-attempted',
      reason
    )
  )
}

const idPart = (name: string) =>
  name
    .toLowerCase()
    .replace(/[^a-z]+/g, '-')
    .replace(/^-+|-+$/g, '') || 'unnamed'
