import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { type ProofingPick, type ProofingPicks, proofingPicksSchema } from '../../../domain/delivery/proofing.ts'
import { type SerializedError, StudioError, serializeError, toStudioError } from '../../../domain/errors.ts'
import type { Rating } from '../../../domain/rating.ts'
import { type DeliveryParts, findPicture } from '../find-picture.ts'

/** Ten thousand picks with long comments; nothing larger is one of ours. */
const MAX_BYTES = 32 * 1024 * 1024

export interface AppliedPicks {
  readonly picks: ProofingPicks
  /** Jobs that were rated. */
  readonly done: string[]
  readonly refused: { id: string; error: SerializedError }[]
}

/**
 * Reads a file that came back from a bundle.
 * @throws StudioError `picks-unreadable`, `file-missing`, `file-unreadable`
 */
export async function readPicks(path: string): Promise<ProofingPicks> {
  const name = basename(path)
  const { size } = await stat(path)
  if (size > MAX_BYTES) throw new StudioError('picks-unreadable', `"${name}" is too large to be a file of picks.`)
  const text = await readFile(path, 'utf8')
  const parsed = proofingPicksSchema.safeParse(jsonOf(text))
  if (parsed.success) return parsed.data
  throw new StudioError('picks-unreadable', `"${name}" is not a file of picks.`, { cause: parsed.error })
}

function jsonOf(text: string): unknown {
  try {
    // Mail programs and editors like to put a byte order mark before it.
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
}

/**
 * Gives the pictures the flags and stars of a client; where they gave no stars the photographer's stay. A picture that
 * is gone stops no other.
 * @throws StudioError as `readPicks`
 */
export async function applyPicks(path: string, parts: Pick<DeliveryParts, 'jobs' | 'nameOf'>): Promise<AppliedPicks> {
  const picks = await readPicks(path).catch((thrown: unknown) => {
    throw toStudioError(thrown)
  })
  const applied: AppliedPicks = { picks, done: [], refused: [] }
  for (const pick of picks.picks) {
    try {
      await findPicture(parts, pick)
      await parts.jobs.rate(pick.jobId, pick.attempt, ratingOf(pick))
      if (!applied.done.includes(pick.jobId)) applied.done.push(pick.jobId)
    } catch (thrown) {
      applied.refused.push({ id: pick.jobId, error: serializeError(thrown) })
    }
  }
  return applied
}

function ratingOf({ flag, stars }: ProofingPick): Partial<Rating> {
  return stars > 0 ? { flag, stars } : { flag }
}
