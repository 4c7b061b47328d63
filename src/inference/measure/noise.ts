import { say } from '../../domain/sentences/say.ts'
import { decided } from './row.ts'
import type { Measurement } from './scene.ts'

/** From the calibration in docs/measurements.md: more is seen as noise, not as skin. */
const BAND = { max: 2 }

/** Standard deviation of L* that neither shape nor pores explain, of the face at 90 px between the eyes. */
export const noise: Measurement = {
  question: { id: 'noise', question: say('asks-noise'), unit: 'σ L*' },
  measure({ subject }) {
    return decided(this.question, {
      value: subject.noise,
      band: BAND,
      ideal: 0,
      regions: [{ shape: 'box', label: 'face', box: subject.face.box }]
    })
  }
}
