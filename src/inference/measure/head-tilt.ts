import { say } from '../../domain/sentences/say.ts'
import { decided } from './row.ts'
import type { Measurement } from './scene.ts'

/** ISO/IEC 19794-5:2011 asks for a roll of at most 8°, and 5° as best practice, of a document's portrait. */
const DOCUMENT = 5
/** A lean of the head is part of many good portraits; beyond this it looks as if the camera was not held level. */
const PORTRAIT = 10

/** Slope of the line between the eyes; positive is clockwise as seen. */
export const headTilt: Measurement = {
  question: { id: 'head-tilt', question: say('asks-head-tilt'), unit: '°' },
  measure({ profile, subject }) {
    const most = profile.purpose === 'passport_like' ? DOCUMENT : PORTRAIT
    const { rightEye, leftEye, tilt } = subject.face
    return decided(this.question, {
      value: tilt,
      band: { min: -most, max: most },
      ideal: 0,
      regions: [{ shape: 'line', label: 'eyes', from: rightEye, to: leftEye }]
    })
  }
}
