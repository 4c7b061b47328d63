import { decided } from './row.ts'
import type { Measurement } from './scene.ts'

/** From the calibration in docs/measurements.md. */
const BAND = { min: 0.27 }
const IDEAL = 0.55
/** Within this of the best reference the picture is as sharp as its source. */
const ALIKE = 0.04

/** Of the inner face at 90 px between the eyes, 0..1. */
export const sharpness: Measurement = {
  question: { id: 'sharpness', question: 'Is the face sharp?', unit: 'sharpness' },
  measure({ subject, references }) {
    const value = subject.sharpness
    const best = Math.max(...references.map((reference) => reference.sharpness))
    const soft = value < BAND.min
    const note = !soft
      ? undefined
      : value > best - ALIKE
        ? `The reference is as soft (${best.toFixed(2)}): it takes a sharper photo.`
        : `The reference is sharper (${best.toFixed(2)}).`
    return decided(this.question, {
      value,
      band: BAND,
      ideal: IDEAL,
      note,
      regions: [{ shape: 'box', label: 'face', box: subject.face.box }]
    })
  }
}
