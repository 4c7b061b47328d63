import { findEntry } from '../../domain/parameters/catalogue-entry.ts'
import type { VibeId } from '../../domain/parameters/vibe.ts'
import { VIBES } from '../../domain/parameters/vibe.ts'
import { say } from '../../domain/sentences/say.ts'
import { EXPRESSIONS, type Expression, type ExpressionReading } from '../faces/expression.ts'
import { advisory } from './row.ts'
import type { Measurement } from './scene.ts'

/** Expressions that go with a vibe. */
const SUITS: Readonly<Record<VibeId, readonly Expression[]>> = {
  confident: ['neutral', 'happy'],
  friendly: ['happy'],
  approachable: ['happy', 'neutral'],
  authoritative: ['neutral'],
  creative: ['happy', 'neutral', 'surprise'],
  sophisticated: ['neutral', 'happy'],
  warm: ['happy']
}
/** For a vibe in the photographer's own words. */
const ANY: readonly Expression[] = ['neutral', 'happy', 'surprise']

/** Never decides: a network trained on posed faces knows an expression, not a person. */
export const expression: Measurement = {
  question: { id: 'expression', question: say('asks-expression'), unit: 'probability' },
  measure({ request, subject }) {
    const vibe = findEntry(VIBES, request.parameters.vibe)
    const suiting = vibe ? SUITS[vibe.id] : ANY
    const reading = subject.expression
    return advisory(this.question, {
      value: Math.min(
        1,
        suiting.reduce((sum, each) => sum + reading[each], 0)
      ),
      band: { min: 0.5 },
      ideal: 1,
      note: say('expression-reads', { expression: likeliest(reading) }),
      regions: [{ shape: 'box', label: 'face', box: subject.face.box }]
    })
  }
}

function likeliest(reading: ExpressionReading): Expression {
  return EXPRESSIONS.reduce((best, each) => (reading[each] > reading[best] ? each : best))
}
