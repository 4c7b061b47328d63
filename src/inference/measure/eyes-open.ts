import { say } from '../../domain/sentences/say.ts'
import type { Eyes } from '../faces/eyes.ts'
import { decided } from './row.ts'
import type { Measurement } from './scene.ts'

/** Below it lids are closed; see the table of real open and closed eyes in docs/measurements.md. */
const CLOSED = 0.18
const WIDE_OPEN = 0.32
/** Narrow eyes are not closed ones: where the reference has open eyes of this shape, the picture may as well. */
const OF_REFERENCE = 0.75

const narrower = ({ left, right }: Eyes) => Math.min(left.openness, right.openness)

/** Eye aspect ratio of the eye that is less open. */
export const eyesOpen: Measurement = {
  question: { id: 'eyes-open', question: say('asks-eyes-open'), unit: 'EAR' },
  measure({ request, subject, references }) {
    const value = narrower(subject.eyes)
    const widest = Math.max(...references.map((reference) => narrower(reference.eyes)))
    const { left, right } = subject.eyes
    const closedInPhoto = value < CLOSED && widest < CLOSED
    return decided(this.question, {
      value,
      band: { min: Math.min(CLOSED, widest >= LEAST_SEEN ? OF_REFERENCE * widest : CLOSED) },
      ideal: WIDE_OPEN,
      note: closedInPhoto ? say('eyes-closed-in-photo') : undefined,
      inPhoto: closedInPhoto && request.generatorKind === 'photographic',
      regions: [
        { shape: 'points', label: 'left eye', points: [...left.contour] },
        { shape: 'points', label: 'right eye', points: [...right.contour] }
      ]
    })
  }
}

/** A reference whose eyes are less open than this cannot vouch for narrow eyes. */
const LEAST_SEEN = 0.16
