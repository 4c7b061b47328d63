import { type Band, type Criterion, type Outcome, outcomeWithin, type Region } from '../../domain/criterion.ts'
import type { EngineIdentity } from '../../domain/engine.ts'
import { STUDIO_VERSION } from '../../domain/studio-version.ts'
import { scoreAgainst } from './scoring.ts'

const MEASURED_BY: EngineIdentity = { engine: 'measurements', version: STUDIO_VERSION }

/** What a row asks, whatever the answer. */
export interface Question {
  readonly id: Criterion['id']
  readonly question: string
  readonly unit: string
}

export interface Finding {
  readonly value: number
  readonly band: Band
  /** The best value there is; scores fall with the distance from it. */
  readonly ideal: number
  readonly note?: string | undefined
  /** Whether the photo itself has what fails here. */
  readonly inPhoto?: boolean
  /** In pixels of the picture that was measured. */
  readonly regions?: readonly Region[]
}

function row({ id, question, unit }: Question, finding: Finding, outcome: Outcome): Criterion {
  const { value, band, ideal, note, inPhoto, regions } = finding
  return {
    id,
    question,
    source: 'measured',
    outcome,
    value: Number.isFinite(value) ? value : null,
    unit,
    band,
    score: scoreAgainst(value, ideal, band),
    ...(note === undefined ? {} : { note }),
    ...(inPhoto && outcome === 'failed' ? { inPhoto } : {}),
    regions: [...(regions ?? [])],
    measuredBy: MEASURED_BY
  }
}

/** A row decided by its band. */
export function decided(question: Question, finding: Finding): Criterion {
  return row(question, finding, outcomeWithin(finding.value, finding.band))
}

/** A row that is told and never decides. */
export function advisory(question: Question, finding: Finding): Criterion {
  return row(question, finding, 'advisory')
}

/** A row without a figure: nothing to measure it on (undecided, advisory), or not done by the engine at all. */
export function unmeasured(
  question: Question,
  outcome: 'undecided' | 'advisory' | 'not-attempted',
  note: string
): Criterion {
  return {
    ...question,
    source: 'measured',
    outcome,
    value: null,
    band: {},
    score: 0,
    note,
    regions: [],
    measuredBy: MEASURED_BY
  }
}
