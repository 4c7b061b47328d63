import type { ProofingPicks } from '../../domain/delivery/proofing.ts'
import {
  PROOFING_KIND,
  type ProofingBundle,
  type ProofingMark,
  type ProofingPicture
} from '../../domain/delivery/proofing-page.ts'

/** What was said of each picture, by its number. */
export type Marks = Readonly<Record<number, ProofingMark>>

export interface Session {
  readonly client: string
  readonly marks: Marks
}

export const UNMARKED: ProofingMark = { flag: 'none', stars: 0, comment: '' }
export const EMPTY_SESSION: Session = { client: '', marks: {} }

export function markOf({ marks }: Session, { number }: ProofingPicture): ProofingMark {
  return marks[number] ?? UNMARKED
}

export const FILTERS = ['all', 'picked', 'undecided', 'rejected'] as const
export type Filter = (typeof FILTERS)[number]

const FLAGS = { picked: 'pick', undecided: 'none', rejected: 'reject' } as const

export function shownBy(filter: Filter, bundle: ProofingBundle, session: Session): readonly ProofingPicture[] {
  if (filter === 'all') return bundle.pictures
  return bundle.pictures.filter((picture) => markOf(session, picture).flag === FLAGS[filter])
}

/** The file that goes back to the photographer. */
export function picksFile(bundle: ProofingBundle, { client, marks }: Session, savedAt: Date): ProofingPicks {
  return {
    kind: PROOFING_KIND,
    version: 1,
    bundleId: bundle.bundleId,
    title: bundle.title,
    client: client.trim(),
    savedAt: savedAt.toISOString(),
    picks: bundle.pictures.flatMap(({ number, jobId, attempt }) => {
      const mark = marks[number]
      const said = mark && (mark.flag !== 'none' || mark.stars > 0 || mark.comment.trim() !== '')
      return said ? [{ jobId, attempt, ...mark, comment: mark.comment.trim() }] : []
    })
  }
}

const keyOf = (bundle: ProofingBundle) => `proofing-${bundle.bundleId}`

/** What was marked before in this browser; some browsers keep nothing for files. */
export function rememberedSession(bundle: ProofingBundle): Session {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(bundle)) ?? 'null')
    return isSession(stored) ? stored : EMPTY_SESSION
  } catch {
    return EMPTY_SESSION
  }
}

export function rememberSession(bundle: ProofingBundle, session: Session): void {
  try {
    localStorage.setItem(keyOf(bundle), JSON.stringify(session))
  } catch {
    // Then only the saved file keeps it, which the page asks for before it is left.
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function isMark(value: unknown): value is ProofingMark {
  if (!isRecord(value)) return false
  const { flag, stars, comment } = value
  return ['none', 'pick', 'reject'].includes(String(flag)) && typeof stars === 'number' && typeof comment === 'string'
}

function isSession(value: unknown): value is Session {
  return (
    isRecord(value) &&
    typeof value.client === 'string' &&
    isRecord(value.marks) &&
    Object.values(value.marks).every(isMark)
  )
}
