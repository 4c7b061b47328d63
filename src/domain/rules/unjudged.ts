import type { Criterion } from '../criterion.ts'
import type { VlmJudgeRequest } from '../engine.ts'
import { entryOf, type ParameterName } from '../parameters/parameters.ts'
import { say } from '../sentences/say.ts'
import { RULES_IDENTITY } from './identity.ts'

/** What only an engine that understands pictures could say of a painted one. Framing and light are measured. */
const UNSEEN = ['attire', 'background', 'vibe', 'lighting', 'mood'] as const satisfies readonly ParameterName[]

/**
 * Rules look at no picture, so of a painted one they say what stays unjudged. Of a photographic one nothing does:
 * what its engine left undone is in the ledger as a limitation of that engine.
 */
export function unjudged(request: VlmJudgeRequest): Criterion[] {
  if (request.generator.kind !== 'generative') return []
  return UNSEEN.map((name) => {
    const wanted = request.parameters[name]
    return {
      id: `vlm:${name}`,
      question: `Is the ${name} "${entryOf(name, wanted)?.label ?? wanted}"?`,
      source: 'vlm',
      outcome: 'not-attempted',
      value: null,
      unit: 'probability',
      band: {},
      score: 0,
      note: say('rules-cannot-see'),
      regions: [],
      measuredBy: { ...RULES_IDENTITY }
    }
  })
}
