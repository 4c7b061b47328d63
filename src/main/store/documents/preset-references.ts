import type { Preset } from '../../../domain/preset.ts'
import type { ArtifactReferences } from '../artifact-references.ts'
import type { DocumentStore } from './document-store.ts'

/** What presets refer to: the backdrops that photographers keep with them. */
export function presetReferences(presets: DocumentStore<Preset>): ArtifactReferences {
  return {
    async countReferences(artifact) {
      return (await presets.list()).filter(({ backdrop }) => backdrop?.artifact === artifact).length
    },
    async *artifactsInUse() {
      for (const { _id: id, backdrop } of await presets.list())
        if (backdrop) yield { id, artifacts: [backdrop.artifact] }
    }
  }
}
