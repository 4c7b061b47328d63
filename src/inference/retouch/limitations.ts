import type { Limitation } from '../../domain/engine.ts'
import { entryOf, type ParameterName, type Parameters } from '../../domain/parameters/parameters.ts'
import { say } from '../../domain/sentences/say.ts'

/** Parameters this engine may not carry out; purpose and resolution it always does. */
const LIMITED = ['attire', 'background', 'vibe', 'lighting', 'mood'] as const satisfies readonly ParameterName[]

/** Where carrying out a part leaves undone what the parameter is named for: the expression, the very place. */
const NAMED_FOR_THE_REST: ReadonlySet<ParameterName> = new Set<ParameterName>(['vibe', 'background'])

/** The parts of an order the built-in engine does not carry out, in words for the ledger. */
export function limitationsOf(parameters: Parameters): Limitation[] {
  const limitations: Limitation[] = []
  for (const parameter of LIMITED) {
    const entry = entryOf(parameter, parameters[parameter])
    if (entry === undefined) {
      if (isColour(parameters[parameter])) continue
      limitations.push({ parameter, reason: say('built-in-has-nothing', { words: parameters[parameter] }) })
    } else if (
      entry.builtIn.support === 'none' ||
      (entry.builtIn.support === 'partial' && NAMED_FOR_THE_REST.has(parameter))
    ) {
      limitations.push({ parameter, reason: say('built-in-does', { does: entry.builtIn.does }) })
    }
  }
  if (parameters.notes !== '') {
    limitations.push({ parameter: 'notes', reason: say('notes-not-read') })
  }
  return limitations
}

const isColour = (value: string) => /^#[0-9a-f]{6}$/i.test(value)
