import { say } from '../../domain/sentences/say.ts'
import { decided } from './row.ts'
import type { Measurement } from './scene.ts'

/** Below it any face looks out of focus; from the calibration in docs/measurements.md. */
const SOFT = 0.27
/** A picture made of the photo's own pixels keeps at least this share of the sharpness of the sharpest reference. */
const KEPT = 0.6
const IDEAL = 0.55
/** Within this of the best reference the picture is as sharp as its source. */
const ALIKE = 0.04
/** Sharpening as far as looks right raises a soft face by a tenth: from below this share of the limit it never gets there. */
const BEYOND_HELP = 0.88

/** Of the inner face at 90 px between the eyes, 0..1. */
export const sharpness: Measurement = {
  question: { id: 'sharpness', question: say('asks-sharpness'), unit: 'sharpness' },
  measure({ request, subject, references }) {
    const value = subject.sharpness
    const best = Math.max(...references.map((reference) => reference.sharpness))
    const min = request.generatorKind === 'photographic' ? Math.max(SOFT, KEPT * best) : SOFT
    const sameAsSource = value > best - ALIKE
    const inPhoto = sameAsSource && value < BEYOND_HELP * min && request.generatorKind === 'photographic'
    const note = sameAsSource
      ? say('photo-as-soft', { sharpness: best.toFixed(2) })
      : say('photo-sharper', { sharpness: best.toFixed(2) })
    return decided(this.question, {
      value,
      band: { min },
      ideal: Math.max(IDEAL, min),
      note: value < min ? note : undefined,
      inPhoto,
      regions: [{ shape: 'box', label: 'face', box: subject.face.box }]
    })
  }
}
