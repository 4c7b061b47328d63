import fc from 'fast-check'
import type { Brief } from '../brief.ts'
import { type Band, CRITERION_IDS, type Criterion, type CriterionId, outcomeWithin } from '../criterion.ts'
import type { EngineDescription } from '../engine.ts'
import { type Attempt, type Deliverable, JOB_SCHEMA_VERSION, type Job, type Picture } from '../job.ts'
import { judgementOf } from '../judgement.ts'
import { parseParameters } from '../parameters/parameters.ts'
import type { PhotoInspection } from '../photo.ts'
import { UNRATED } from '../rating.ts'

const HASH = 'a'.repeat(64)
export const WHEN = new Date('2026-01-02T03:04:05Z')

export function row(id: CriterionId, value: number | null, band: Band, more: Partial<Criterion> = {}): Criterion {
  const outcome = value === null ? 'undecided' : outcomeWithin(value, band)
  return {
    id,
    question: `Is ${id} right?`,
    source: 'measured',
    outcome,
    value,
    unit: '%',
    band,
    score: outcome === 'passed' ? 1 : 0.2,
    regions: [],
    measuredBy: { engine: 'test', version: '1' },
    ...more
  }
}

export function engine(kind: EngineDescription['kind'], name = 'retouch'): EngineDescription {
  return { engine: name, version: '1', label: name, kind, abilities: [], reason: 'for the test' }
}

export const EMPTY_BRIEF: Brief = { prompt: 'A portrait.', settings: {}, repairs: [] }

export const PICTURE: Picture = {
  artifact: HASH,
  mediaType: 'image/png',
  size: { width: 8, height: 8 },
  sourceDetail: 1,
  limitations: [],
  notes: []
}

export function attempt(number: number, ledger: readonly Criterion[] | null, brief: Partial<Brief> = {}): Attempt {
  return {
    number,
    seed: number,
    brief: { ...EMPTY_BRIEF, ...brief },
    picture: PICTURE,
    judgement: ledger && judgementOf(ledger),
    timings: {},
    startedAt: WHEN
  }
}

export function deliverable(number: number, ledger: readonly Criterion[]): Deliverable {
  return { attempt: number, picture: PICTURE, judgement: judgementOf(ledger) }
}

export function inspection(eyes: { left: [number, number]; right: [number, number] }): PhotoInspection {
  const [left, right] = [eyes.left, eyes.right]
  return {
    width: 1000,
    height: 1000,
    mediaType: 'image/jpeg',
    bitsPerChannel: 8,
    colourSpace: 'sRGB',
    faces: [
      {
        index: 0,
        box: { x: 300, y: 300, width: 400, height: 400 },
        leftEye: { x: left[0], y: left[1] },
        rightEye: { x: right[0], y: right[1] },
        confidence: 0.9
      }
    ],
    notes: []
  }
}

export function sampleJob(change: Partial<Job> = {}): Job {
  return {
    _id: 'job',
    schemaVersion: JOB_SCHEMA_VERSION,
    revision: 0,
    subjectId: 'subject',
    status: 'failed',
    priority: 0,
    position: 0,
    createdAt: WHEN,
    updatedAt: WHEN,
    references: [{ artifact: HASH, name: 'photo.jpg', bytes: 1, face: null, inspection: null }],
    parameters: parseParameters({}),
    backdrop: null,
    seed: 1,
    maxAttempts: 3,
    requestedEngines: { vlm: null, generator: null },
    strictness: {},
    engines: { vlm: engine('rules', 'rules'), generator: engine('photographic'), examiner: engine('rules', 'measure') },
    attempts: [],
    setbacks: [],
    final: null,
    best: null,
    chosenBy: null,
    wantedAttempt: null,
    rating: UNRATED,
    attemptRatings: {},
    report: null,
    error: null,
    waiting: null,
    lease: null,
    claims: 1,
    timings: {},
    endings: 0,
    untold: false,
    artifacts: [],
    failedCriteria: [],
    listing: { name: 'photo.jpg', score: null, terms: [] },
    deletedAt: null,
    ...change
  }
}

/** Any row a ledger may hold, decided by its band as real ones are. */
export const anyCriterion: fc.Arbitrary<Criterion> = fc
  .record({
    id: fc.constantFrom<CriterionId>(...CRITERION_IDS, 'parameter:attire', 'vlm:mood', 'vlm:lighting'),
    value: fc.option(fc.double({ min: -200, max: 200, noNaN: true })),
    min: fc.option(fc.double({ min: -100, max: 100, noNaN: true }), { nil: undefined }),
    width: fc.option(fc.double({ min: 0.01, max: 100, noNaN: true }), { nil: undefined }),
    unit: fc.constantFrom('%', 'L*', '°', 'ΔE00', 'correlation'),
    free: fc.constantFrom('not-attempted', 'advisory', 'undecided', null),
    score: fc.double({ min: 0, max: 1, noNaN: true })
  })
  .map(({ id, value, min, width, unit, free, score }) => {
    const band: Band = {
      ...(min !== undefined && { min }),
      ...(width !== undefined && { max: (min ?? 0) + width })
    }
    return row(id, value, band, { unit, score, ...(free && { outcome: free }) })
  })

export const anyLedger: fc.Arbitrary<Criterion[]> = fc.uniqueArray(anyCriterion, {
  selector: (criterion) => criterion.id,
  maxLength: 12
})
