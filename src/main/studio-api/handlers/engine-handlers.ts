import type { EngineState } from '../../../contract/studio/studio-calls.ts'
import { serializeError } from '../../../domain/errors.ts'
import { parseParameters } from '../../../domain/parameters/parameters.ts'
import type { StudioEngine } from '../../studio.ts'
import type { ApiParts } from '../api-parts.ts'
import type { CallsIn, HandlersOf } from '../handlers.ts'

/** The seed that swatches show: that of a job's first attempt when none is given would differ each time. */
const SWATCH_SEED = 1

export function engineHandlers({ studio, media }: ApiParts): HandlersOf<CallsIn<'engines' | 'swatches'>> {
  async function stateOf(served: StudioEngine, preferred: string | null): Promise<EngineState> {
    const { port, label } = served
    try {
      const description = await served.describe()
      const { engine } = description
      return {
        port,
        engine,
        label: description.label,
        state: 'ready',
        description,
        preferred: engine === preferred,
        error: null
      }
    } catch (thrown) {
      return {
        port,
        engine: '',
        label,
        state: 'away',
        description: null,
        preferred: false,
        error: serializeError(thrown)
      }
    }
  }

  return {
    async 'engines.list'() {
      const { generator, vlm, examiner } = await studio.chooseEngines({ generator: null, vlm: null })
      const preferred = { generator, vlm, examiner }
      const engines = studio.engines.map(async (engine) => {
        const chosen = await preferred[engine.port].describe().catch(() => null)
        return await stateOf(engine, chosen?.engine ?? null)
      })
      return { engines: await Promise.all(engines) }
    },
    async 'swatches.render'({ photoId, of, ids, background, lighting, longEdge }, context) {
      const photo = photoId === null ? null : await studio.library.photo(photoId)
      const face = photo === null ? null : (photo.face ?? (photo.inspection.faces.length === 1 ? 0 : null))
      const path = photo && face !== null ? await studio.artifacts.localPath(photo.artifact) : null
      const swatches = []
      for (const id of ids) {
        context.signal.throwIfAborted()
        if (photo === null || path === null) {
          swatches.push({ id, key: null, personal: false, error: null })
          continue
        }
        const parameters = parseParameters({ background, lighting, [of]: id })
        const recipe = { artifact: photo.artifact, face, parameters, longEdge, version: studio.version }
        try {
          const key = await media.swatch(photo.artifact, recipe, async (outputPath) => {
            const reference = { path, face }
            const request = { reference, parameters, settings: {}, seed: SWATCH_SEED, longEdge, outputPath }
            await studio.viewer.swatches.swatch(request, context)
          })
          swatches.push({ id, key, personal: true, error: null })
        } catch (thrown) {
          context.signal.throwIfAborted()
          swatches.push({ id, key: null, personal: false, error: serializeError(thrown) })
        }
      }
      return { swatches }
    }
  }
}
