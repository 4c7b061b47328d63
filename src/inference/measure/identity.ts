import type { Criterion } from '../../domain/criterion.ts'
import { say } from '../../domain/sentences/say.ts'
import { identityDistance } from '../faces/identity.ts'
import { decided, type Question } from './row.ts'
import type { Measurement, ReferenceReading } from './scene.ts'

/**
 * Farther apart is another person. dlib's own limit is 0.6 (99.38 % on LFW, http://dlib.net/face_recognition.py.html);
 * with the mesh's alignment 0.5 separates the photos in docs/measurements.md with room on both sides.
 */
const SAME_PERSON = 0.5
/** Nearer than two photos of different moments ever were: the reference's own pixels, pasted. */
const PASTE = 0.16
/** References that are this far apart hardly show one person. */
const REFERENCES_DISAGREE = 0.6
/** Middle of what different photos of one person measured. */
const TYPICAL = 0.35

/** Distance to the nearest reference: it takes one good match to be the person, and one to be a paste. */
export const identity: Measurement = {
  question: { id: 'identity', question: say('asks-identity'), unit: 'distance' },
  measure({ request, subject, references }) {
    const apart = farthestApart(references)
    if (apart > REFERENCES_DISAGREE) return notOnePerson(this.question, apart)
    const distances = references.map((reference) => identityDistance(subject.embedding, reference.embedding))
    const value = Math.min(...distances)
    const painted = request.generatorKind === 'generative'
    const pasted = painted && value < PASTE
    return decided(this.question, {
      value,
      band: painted ? { min: PASTE, max: SAME_PERSON } : { max: SAME_PERSON },
      ideal: painted ? TYPICAL : 0,
      note: pasted ? say('face-copied') : undefined,
      regions: [{ shape: 'box', label: 'face', box: subject.face.box }]
    })
  }
}

function farthestApart(references: readonly ReferenceReading[]): number {
  const distances = references.flatMap((a, i) =>
    references.slice(i + 1).map((b) => identityDistance(a.embedding, b.embedding))
  )
  return Math.max(0, ...distances)
}

/** Whom the picture should show is not clear, so it cannot be right. */
function notOnePerson(question: Question, value: number): Criterion {
  return decided(question, {
    value,
    band: { max: REFERENCES_DISAGREE },
    ideal: 0,
    note: say('photos-disagree'),
    inPhoto: true
  })
}
