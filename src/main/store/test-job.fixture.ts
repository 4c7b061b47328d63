import { createHash } from 'node:crypto'
import type { Criterion } from '../../domain/criterion.ts'
import type { ArtifactId, Attempt, Deliverable, Picture } from '../../domain/job.ts'
import { judgementOf } from '../../domain/judgement.ts'
import { parseParameters } from '../../domain/parameters/parameters.ts'
import type { NewJob } from './job-repository.ts'

/** The id an artifact of this text would have. */
export function artifactNamed(text: string): ArtifactId {
  return createHash('sha256').update(text).digest('hex')
}

export function newJob(change: Partial<NewJob> = {}): NewJob {
  return {
    subjectId: 'subject-1',
    references: [
      {
        artifact: artifactNamed('reference'),
        name: 'portrait.jpg',
        bytes: 1234,
        face: null,
        inspection: null
      }
    ],
    parameters: parseParameters({ notes: 'Ærlig – "quoted"' }),
    seed: 7,
    maxAttempts: 3,
    requestedEngines: { vlm: null, generator: null },
    ...change
  }
}

function criterion(score: number): Criterion {
  return {
    id: 'sharpness',
    question: 'Is the face sharp?',
    source: 'measured',
    outcome: score >= 0.5 ? 'passed' : 'failed',
    value: score * 100,
    unit: '%',
    band: { min: 50 },
    score,
    regions: [{ shape: 'box', label: 'face', box: { x: 10, y: 20, width: 300, height: 400 } }],
    measuredBy: { engine: 'test', version: '1' }
  }
}

export function picture(name: string): Picture {
  return {
    artifact: artifactNamed(name),
    mediaType: 'image/png',
    size: { width: 1024, height: 1024 },
    sourceDetail: 1.5,
    limitations: [],
    notes: []
  }
}

/** A judged attempt with a ledger of a usual length. */
export function attempt(number: number, score: number): Attempt {
  return {
    number,
    seed: 7 + number,
    brief: { prompt: 'a portrait', settings: { 'crop.headScale': 1.1 }, repairs: [] },
    picture: picture(`attempt ${number}`),
    judgement: judgementOf(Array.from({ length: 17 }, () => criterion(score))),
    timings: { generate: 1500, judge: 300 },
    startedAt: new Date('2026-03-01T12:00:00.123Z')
  }
}

export function deliverable(number: number, score: number): Deliverable {
  return { attempt: number, picture: picture(`final ${number}`), judgement: judgementOf([criterion(score)]) }
}
