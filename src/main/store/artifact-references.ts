import type { ArtifactId } from '../../domain/job.ts'

/** Whoever refers to artifacts: jobs do, the photos of the library, and presets. */
export interface ArtifactReferences {
  /** How many of them refer to it, those in the bin included. */
  countReferences(artifact: ArtifactId): Promise<number>
  artifactsInUse(): AsyncIterable<{ readonly id: string; readonly artifacts: readonly ArtifactId[] }>
}

/** Several of them as one: an artifact is in use while any of them refers to it. */
export function allReferences(holders: readonly ArtifactReferences[]): ArtifactReferences {
  return {
    async countReferences(artifact) {
      const counts = await Promise.all(holders.map((holder) => holder.countReferences(artifact)))
      return counts.reduce((sum, count) => sum + count, 0)
    },
    async *artifactsInUse() {
      for (const holder of holders) yield* holder.artifactsInUse()
    }
  }
}
