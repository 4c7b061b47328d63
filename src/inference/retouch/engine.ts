import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { FinishRequest, GenerateRequest, MadePicture } from '../../domain/engine.ts'
import { StudioError, toStudioError } from '../../domain/errors.ts'
import type { CallContext } from '../../domain/progress.ts'
import { encodeStrips } from '../pixels/encode.ts'
import { limitationsOf } from './limitations.ts'
import { notesOf } from './notes.ts'
import { composePortrait } from './portrait.ts'
import { touchedSides } from './touched-sides.ts'

/**
 * Makes a portrait from the reference's own pixels.
 * @throws StudioError of the photo and its faces, `parameters-invalid`, `model-missing`, `place-missing`, those of `openBackdropFile`,
 * `cancelled`
 */
export function retouchGenerate(request: GenerateRequest, context: CallContext): Promise<MadePicture> {
  return make(request, `portrait-${request.seed}-${request.longEdge}.png`, context)
}

/** Makes the same portrait again at the delivered size, from the photo and not from the attempt. */
export function retouchFinish(request: FinishRequest, context: CallContext): Promise<MadePicture> {
  return make(request, `final-${request.seed}-${request.longEdge}.png`, context)
}

async function make(request: GenerateRequest, fileName: string, context: CallContext): Promise<MadePicture> {
  try {
    const { parameters, backdropPath, brief, seed, longEdge } = request
    const [reference] = request.references
    if (!reference) throw new StudioError('internal', 'A portrait needs a reference photo.')
    const order = { reference, parameters, backdropPath, settings: brief.settings, seed, longEdge }
    const portrait = await composePortrait(order, context)
    const { size, composition, plan, profile, settings, sourceDetail } = portrait
    const touched = touchedSides(portrait.reference.view.contacts, plan.frame)
    const path = join(request.outputFolder, fileName)
    await mkdir(request.outputFolder, { recursive: true })
    const bitsPerChannel = portrait.reference.photo.bitsPerChannel > 8 ? 16 : 8
    const profileName = portrait.isWideGamut ? 'display-p3' : 'srgb'
    await encodeStrips(
      path,
      size,
      { format: 'png', bitsPerChannel, profile: profileName, signal: context.signal },
      portrait.strips()
    )
    return {
      path,
      mediaType: 'image/png',
      size,
      sourceDetail,
      limitations: limitationsOf(parameters),
      notes: notesOf(request, { ...composition, touched }, plan, profile, settings)
    }
  } catch (thrown) {
    throw toStudioError(thrown)
  }
}
