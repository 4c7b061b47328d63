import { join } from 'node:path'
import type { Swatch } from '../../../contract/studio/studio-calls.ts'
import type { LocalReference } from '../../../domain/engine.ts'
import { StudioError, serializeError } from '../../../domain/errors.ts'
import type { ArtifactId, OwnBackdrop } from '../../../domain/job.ts'
import { backdropOf, parseParameters } from '../../../domain/parameters/parameters.ts'
import type { ApiParts } from '../api-parts.ts'
import type { EngineStates } from '../engine-states.ts'
import type { CallsIn, HandlersOf } from '../handlers.ts'
import { SAMPLE } from '../sample.ts'

/** The seed that swatches show: that of a job's first attempt when none is given would differ each time. */
const SWATCH_SEED = 1

interface Model {
  readonly reference: LocalReference
  /** The photo whose erasure takes the swatch along. */
  readonly owner: ArtifactId | null
  readonly personal: boolean
}

export function engineHandlers(
  { studio, media }: ApiParts,
  engines: EngineStates
): HandlersOf<CallsIn<'engines' | 'swatches'>> {
  /** Whom the swatches show: the person of the photo, or the one of the sample while nobody is chosen. */
  async function modelOf(photoId: string | null): Promise<Model> {
    const photo = photoId === null ? null : await studio.library.photo(photoId)
    const face = photo && (photo.face ?? (photo.inspection.faces.length === 1 ? 0 : null))
    if (!photo || face === null) {
      return { reference: { path: join(studio.resources, SAMPLE), face: 0 }, owner: null, personal: false }
    }
    const path = await studio.artifacts.localPath(photo.artifact)
    return { reference: { path, face }, owner: photo.artifact, personal: true }
  }

  /** What stands behind the person, where the background is a file. @throws StudioError `parameters-invalid` without one. */
  function backdropFor(background: string, backdrop: OwnBackdrop | null): OwnBackdrop | null {
    if (backdropOf(background)?.kind !== 'own') return null
    if (backdrop) return backdrop
    throw new StudioError('parameters-invalid', 'No file has been chosen for the own backdrop.', {
      hint: 'Choose a panorama (.hdr, .exr) or a photograph.'
    })
  }

  return {
    'engines.list': async () => ({ engines: await engines.ask() }),
    async 'swatches.render'({ photoId, of, ids, background, lighting, backdrop, longEdge }, context) {
      const model = await modelOf(photoId)
      const swatches: Swatch[] = []
      for (const id of ids) {
        context.signal.throwIfAborted()
        const parameters = parseParameters({ background, lighting, [of]: id })
        const { reference, owner, personal } = model
        try {
          const behind = backdropFor(parameters.background, backdrop)
          const about = { face: reference.face, parameters, backdrop: behind?.artifact, longEdge }
          const recipe = { owner, ...about, version: studio.version }
          const key = await media.swatch(owner, recipe, async (outputPath) => {
            const backdropPath = behind && { backdropPath: await studio.artifacts.localPath(behind.artifact) }
            const request = { reference, parameters, settings: {}, seed: SWATCH_SEED, longEdge, outputPath }
            await studio.viewer.swatches.swatch({ ...request, ...backdropPath }, context)
          })
          swatches.push({ id, key, personal, error: null })
        } catch (thrown) {
          context.signal.throwIfAborted()
          swatches.push({ id, key: null, personal, error: serializeError(thrown) })
        }
      }
      return { swatches }
    }
  }
}
