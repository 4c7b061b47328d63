import type { Size } from '../../domain/geometry.ts'
import type { Backdrop } from '../../domain/parameters/background.ts'
import type { RetouchSettings } from '../../domain/retouch-settings.ts'
import { type RenderedBackdrop, renderBackdrop } from '../backdrop/backdrop.ts'
import { type ForegroundField, foregroundField } from '../people/foreground.ts'
import { type MatteField, matteField, renderMatte } from '../people/matte-field.ts'
import { luminance } from '../pixels/colour.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import type { CropPlan } from './crop.ts'
import { edgeFade } from './edge-fade.ts'
import { type PersonInFrame, placeInFrame } from './person-in-frame.ts'
import type { ReferencePhoto } from './reference-photo.ts'

/**
 * Everything of a portrait that varies slowly over the frame, found once at working size. Together with the person's
 * pixels at any size it makes the same portrait at that size, rows by rows.
 */
export interface Composition {
  readonly settings: RetouchSettings
  readonly matte: MatteField
  readonly colours: ForegroundField
  /** 1 channel that the matte is multiplied by; null is 1 everywhere. */
  readonly fade: Raster | null
  /** 3 channels that the person's light is multiplied by. */
  readonly gain: Raster
  /** 3 channels, display light. */
  readonly backdrop: Raster
}

export interface CompositionRequest {
  readonly reference: ReferencePhoto
  readonly plan: CropPlan
  /** The person's pixels over the whole frame, at working size. */
  readonly picture: Raster
  readonly backdrop: Backdrop
  readonly seed: number
  readonly settings: RetouchSettings
  readonly signal: AbortSignal
}

export async function compose(request: CompositionRequest): Promise<Composition> {
  const { reference, plan, picture, settings, signal } = request
  const person = placeInFrame(reference, plan.frame, picture)
  const matte = matteField(picture, person.outline, person.hair, person.faceWidth, settings)
  const alpha = renderMatte(matte, picture)
  const colours = foregroundField(picture, alpha, person.faceWidth)
  signal.throwIfAborted()
  const { picture: backdrop } = await backdropFor(request, person, alpha)
  signal.throwIfAborted()
  const gain = createRaster(picture.width, picture.height, 3)
  gain.data.fill(2 ** settings['exposure.subject'])
  const fade = edgeFade(plan.visibleCuts, plan.frame, reference.photo.raster, sizeOf(picture))
  return { settings, matte, colours, fade, gain, backdrop }
}

const sizeOf = ({ width, height }: Size): Size => ({ width, height })

function backdropFor(request: CompositionRequest, person: PersonInFrame, alpha: Raster): Promise<RenderedBackdrop> {
  const { backdrop, picture, seed, settings, signal } = request
  return renderBackdrop({
    ...sizeOf(picture),
    backdrop,
    seed,
    settings,
    photo: { raster: picture, matte: alpha },
    subjectLuminance: meanLuminance(picture, person.faceSkin),
    signal
  })
}

/** Mean luminance of a picture where a mask is 1; the grey card's where the mask is empty. */
function meanLuminance({ data }: Raster, mask: Raster): number {
  let sum = 0
  let weight = 0
  for (let pixel = 0, at = 0; pixel < mask.data.length; pixel++, at += 3) {
    const share = mask.data[pixel] ?? 0
    sum += share * luminance(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0)
    weight += share
  }
  return weight > 0 ? sum / weight : 0.18
}
