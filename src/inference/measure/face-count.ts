import type { Criterion, Region } from '../../domain/criterion.ts'
import { say } from '../../domain/sentences/say.ts'
import type { AnalysedFace } from '../faces/face.ts'
import { decided, type Question } from './row.ts'

export const FACE_COUNT: Question = {
  id: 'face-count',
  question: say('asks-face-count'),
  unit: 'count'
}

export function faceCount(faces: readonly AnalysedFace[]): Criterion {
  const regions = faces.map(({ box, index }): Region => ({ shape: 'box', label: `face ${index}`, box }))
  return decided(FACE_COUNT, { value: faces.length, band: { min: 1, max: 1 }, ideal: 1, regions })
}
