import { setTimeout as sleep } from 'node:timers/promises'
import { type ErrorCode, toStudioError } from '../../domain/errors.ts'
import type { ArtifactStore } from '../store/artifact-store.ts'

const AWAY: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['store-unavailable', 'store-locked'])

export interface Patience {
  /** Ends the waiting. */
  readonly signal: AbortSignal
  /** First and longest wait, milliseconds; doubled in between. */
  readonly retryMs: { readonly first: number; readonly longest: number }
  /** Told once for each time the store is away. */
  readonly onTrouble: (thrown: unknown) => void
}

/**
 * Repeats `work`, which must be one that may be made twice, for as long as the place where jobs and pictures are kept is
 * away. @throws whatever else it throws; the last of the store's errors when the signal is raised.
 */
export async function outwait<T>(work: () => Promise<T>, { signal, retryMs, onTrouble }: Patience): Promise<T> {
  for (let wait = retryMs.first; ; wait = Math.min(wait * 2, retryMs.longest)) {
    try {
      return await work()
    } catch (thrown) {
      if (!AWAY.has(toStudioError(thrown).code)) throw thrown
      if (wait === retryMs.first) onTrouble(thrown)
      await sleep(wait, undefined, { signal }).catch(() => undefined)
      if (signal.aborted) throw thrown
    }
  }
}

/** What of the artifacts a job at work needs. */
export type JobArtifacts = Pick<ArtifactStore, 'takeFile' | 'localPath'>

/** The artifacts, waited for while they are away. */
export function patientArtifacts(artifacts: JobArtifacts, patience: Patience): JobArtifacts {
  return {
    takeFile: (path, signal) => outwait(() => artifacts.takeFile(path, signal), patience),
    localPath: (id) => outwait(() => artifacts.localPath(id), patience)
  }
}
