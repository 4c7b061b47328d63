import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { DELIVERY_PROFILES, profileSize } from '../../domain/delivery-profile.ts'
import type { FinishRequest, GenerateRequest, MadePicture } from '../../domain/engine.ts'
import { StudioError, toStudioError } from '../../domain/errors.ts'
import type { Size } from '../../domain/geometry.ts'
import type { Backdrop } from '../../domain/parameters/background.ts'
import { backdropOf } from '../../domain/parameters/parameters.ts'
import { WORKING_LONG_EDGE } from '../../domain/parameters/resolution.ts'
import type { CallContext } from '../../domain/progress.ts'
import { retouchSettingsSchema } from '../../domain/retouch-settings.ts'
import { warpAffine } from '../pixels/affine.ts'
import { encodeStrips } from '../pixels/encode.ts'
import type { Raster } from '../pixels/raster.ts'
import { bodyCuts } from './body-cuts.ts'
import { composeRows } from './compose-rows.ts'
import { type Composition, compose } from './composition.ts'
import { planCrop } from './crop.ts'
import { type Frame, frameToPhoto } from './frame.ts'
import { limitationsOf } from './limitations.ts'
import { notesOf } from './notes.ts'
import { personBox } from './person-in-frame.ts'
import { openPersonPixels, type PersonPixels, rowsOf } from './person-pixels.ts'
import { openReference, type ReferencePhoto } from './reference-photo.ts'
import { detailedRows } from './sharpen.ts'

/** What stands behind the person where the words name no place this engine has. */
const NEUTRAL: Backdrop = { kind: 'gradient', colour: '#7d7f82' }

/** The longest silence, on a slow machine that swaps. */
const WITHIN_MS = 60_000
const STRIP_ROWS = 256

/**
 * Makes a portrait from the reference's own pixels.
 * @throws StudioError of the photo and its faces, `parameters-invalid`, `model-missing`, `place-missing`, `cancelled`
 */
export function retouchGenerate(request: GenerateRequest, context: CallContext): Promise<MadePicture> {
  return make(request, `portrait-${request.seed}-${request.longEdge}.png`, context)
}

/** Makes the same portrait again at the delivered size, from the photo and not from the attempt. */
export function retouchFinish(request: FinishRequest, context: CallContext): Promise<MadePicture> {
  return make(request, `final-${request.seed}-${request.longEdge}.png`, context)
}

async function make(request: GenerateRequest, fileName: string, context: CallContext): Promise<MadePicture> {
  const { signal } = context
  const step = steps(context)
  try {
    step('Reading the photo')
    const settings = retouchSettingsSchema.parse(request.brief.settings)
    const [first] = request.references
    if (!first) throw new StudioError('internal', 'A portrait needs a reference photo.')
    const reference = await openReference(first, signal)
    const profile = DELIVERY_PROFILES[request.parameters.purpose]
    const size = profileSize(profile, request.longEdge)
    const working = profileSize(profile, Math.min(request.longEdge, WORKING_LONG_EDGE))
    const plan = planCrop(subjectOf(reference), profile, settings)
    step('Cutting the person out')
    const shown = { frame: plan.frame, person: personBox(reference.view), denoise: settings['detail.denoise'] }
    const workingPixels = await openPersonPixels(reference, { ...shown, size: working }, context)
    const picture = workingPixels.rows(0, working.height)
    step('Composing')
    const composition = await compose({
      reference,
      plan,
      picture,
      surroundings: lookAround(reference, plan.frame, working),
      parameters: request.parameters,
      backdrop: backdropOf(request.parameters.background) ?? NEUTRAL,
      seed: request.seed,
      settings,
      signal
    })
    step('Rendering')
    const pixels =
      size.height === working.height
        ? rowsOf(picture, workingPixels.sourceDetail)
        : await openPersonPixels(reference, { ...shown, size }, context)
    const path = join(request.outputFolder, fileName)
    await mkdir(request.outputFolder, { recursive: true })
    const bitsPerChannel = reference.photo.bitsPerChannel > 8 ? 16 : 8
    const profileName = reference.isWideGamut ? 'display-p3' : 'srgb'
    await encodeStrips(
      path,
      size,
      { format: 'png', bitsPerChannel, profile: profileName, signal },
      renderStrips(composition, pixels, size, context)
    )
    return {
      path,
      mediaType: 'image/png',
      size,
      sourceDetail: pixels.sourceDetail,
      limitations: limitationsOf(request.parameters),
      notes: notesOf(request, composition, plan, profile, settings)
    }
  } catch (thrown) {
    throw toStudioError(thrown)
  }
}

const TOTAL_STEPS = 5

function steps({ signal, onProgress }: CallContext): (activity: string) => void {
  let done = 0
  return (activity) => {
    signal.throwIfAborted()
    onProgress({ activity, done: done++, total: TOTAL_STEPS, withinMs: WITHIN_MS })
  }
}

function subjectOf({ face, view }: ReferencePhoto) {
  const { outline, head, scale } = view
  const isHead = ({ x, y }: { x: number; y: number }) => {
    const [column, row] = [Math.floor(x * scale), Math.floor(y * scale)]
    if (column < 0 || row < 0 || column >= outline.width || row >= outline.height) return false
    return (head.data[row * outline.width + column] ?? 0) > 0.5
  }
  return { face, isHead, cuts: bodyCuts(view, face) }
}

/** All that the photo shows over the frame; NaN beyond its edges. */
function lookAround({ photo }: ReferencePhoto, frame: Frame, size: Size): Raster {
  const outside = [Number.NaN, Number.NaN, Number.NaN]
  return warpAffine(photo.raster, frameToPhoto(frame, size), size.width, size.height, { outside })
}

async function* renderStrips(
  composition: Composition,
  pixels: PersonPixels,
  size: Size,
  { signal, onProgress }: CallContext
): AsyncGenerator<Raster> {
  for (let top = 0; top < size.height; top += STRIP_ROWS) {
    signal.throwIfAborted()
    onProgress({ activity: 'Rendering', done: top, total: size.height, withinMs: WITHIN_MS })
    const rows = Math.min(STRIP_ROWS, size.height - top)
    const person = detailedRows(pixels, size.height, top, rows, composition.settings['detail.sharpen'])
    yield composeRows(composition, person, size, top)
  }
}
