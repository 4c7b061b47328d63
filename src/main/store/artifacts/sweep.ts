import type { ArtifactId } from '../../../domain/job.ts'
import type { ArtifactReferences } from '../artifact-references.ts'
import type { ArtifactStore } from '../artifact-store.ts'

export interface SweptStore {
  readonly artifacts: ArtifactStore
  readonly repository: ArtifactReferences
}

/**
 * How long an artifact may be without a job before it counts as left over: an import first puts its photos and refers
 * to them afterwards, and an attempt's picture waits for its transition.
 */
export const ORPHAN_GRACE_MS = 60 * 60 * 1000

export interface SweepResult {
  /** Artifacts that no job referred to; they are gone. */
  readonly orphans: readonly ArtifactId[]
  readonly bytesFreed: number
  /** What jobs refer to and the store does not have, which no crash can cause. */
  readonly dangling: readonly { readonly job: string; readonly artifact: ArtifactId }[]
  /** Files of puts that never ended; they are gone. */
  readonly leftovers: number
}

/** Compares store and jobs both ways. @throws StudioError what the store and the repository raise, or the signal's reason. */
export async function sweep(
  { artifacts, repository }: SweptStore,
  options: { readonly signal?: AbortSignal; readonly graceMs?: number } = {}
): Promise<SweepResult> {
  const before = new Date(Date.now() - (options.graceMs ?? ORPHAN_GRACE_MS))
  const leftovers = await artifacts.removeLeftovers(before)
  const stored = new Map<ArtifactId, number>()
  const candidates = new Map<ArtifactId, number>()
  for await (const { id, bytes, putAt } of artifacts.list()) {
    options.signal?.throwIfAborted()
    stored.set(id, bytes)
    if (putAt < before) candidates.set(id, bytes)
  }
  const dangling: { job: string; artifact: ArtifactId }[] = []
  for await (const job of repository.artifactsInUse()) {
    options.signal?.throwIfAborted()
    for (const artifact of job.artifacts) {
      candidates.delete(artifact)
      if (!stored.has(artifact) && (await artifacts.stat(artifact)) === null) dangling.push({ job: job.id, artifact })
    }
  }
  const orphans = await removeOrphans({ artifacts, repository }, [...candidates.keys()], before)
  const bytesFreed = orphans.reduce((sum, id) => sum + (stored.get(id) ?? 0), 0)
  return { orphans, bytesFreed, dangling, leftovers }
}

/**
 * Removes those of the artifacts that no job refers to and that were last put before a time; for the pictures of a job
 * that has been erased, the time of its removal. Resolves to what was removed; the rest is left to the next sweep.
 */
export async function removeOrphans(
  {
    artifacts,
    repository
  }: { readonly artifacts: ArtifactStore; readonly repository: Pick<ArtifactReferences, 'countReferences'> },
  ids: readonly ArtifactId[],
  putBefore: Date
): Promise<ArtifactId[]> {
  const removed: ArtifactId[] = []
  for (const id of ids) {
    if ((await repository.countReferences(id)) > 0) continue
    // Looked at last: a put of the same bytes in the meantime has touched it.
    const stored = await artifacts.stat(id)
    if (!stored || stored.putAt >= putBefore) continue
    await artifacts.delete(id)
    removed.push(id)
  }
  return removed
}
