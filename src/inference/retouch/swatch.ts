import type { SwatchRequest } from '../../domain/engine.ts'
import { toStudioError } from '../../domain/errors.ts'
import type { Size } from '../../domain/geometry.ts'
import type { CallContext } from '../../domain/progress.ts'
import { encodeStrips } from '../pixels/encode.ts'
import { composePortrait } from './portrait.ts'

/** Where a difference to the portrait would show, the eye is drawn to it; fewer bytes only make lists quicker to read. */
const QUALITY = 88

/**
 * Writes what a portrait of this order would look like, small, as an sRGB JPEG: the same code as the portrait at a
 * smaller working size. The photo is read, its people found and the person cut out for the first swatch only.
 *
 * @throws StudioError as `retouchGenerate`
 */
export async function retouchSwatch(request: SwatchRequest, context: CallContext): Promise<Size> {
  try {
    const portrait = await composePortrait(request, context)
    await encodeStrips(
      request.outputPath,
      portrait.size,
      { format: 'jpeg', bitsPerChannel: 8, profile: 'srgb', quality: QUALITY, signal: context.signal },
      portrait.strips()
    )
    return portrait.size
  } catch (thrown) {
    throw toStudioError(thrown)
  }
}
