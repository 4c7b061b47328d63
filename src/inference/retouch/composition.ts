import type { Size } from '../../domain/geometry.ts'
import type { Backdrop } from '../../domain/parameters/background.ts'
import { lightingOf, type Parameters } from '../../domain/parameters/parameters.ts'
import type { RetouchSettings } from '../../domain/retouch-settings.ts'
import { renderBackdrop } from '../backdrop/backdrop.ts'
import { type Grade, gradeFor } from '../grade/grade.ts'
import { type Grain, measureGrain } from '../grade/grain.ts'
import { type LightWrap, lightWrap } from '../light/light-wrap.ts'
import { personShadow } from '../light/person-shadow.ts'
import { relight } from '../light/relight.ts'
import type { EnvironmentLight } from '../light/spherical-harmonics.ts'
import { type ForegroundField, foregroundField, renderForeground } from '../people/foreground.ts'
import { type MatteField, matteField, renderMatte } from '../people/matte-field.ts'
import { luminance } from '../pixels/colour.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { resizeRows } from '../pixels/resample.ts'
import type { CropPlan } from './crop.ts'
import { edgeFade } from './edge-fade.ts'
import { type PersonInFrame, placeInFrame } from './person-in-frame.ts'
import type { ReferencePhoto } from './reference-photo.ts'
import { skinRetouch } from './skin-retouch.ts'

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
  readonly wrap: LightWrap
  /** 3 channels, display light. */
  readonly backdrop: Raster
  readonly grade: Grade | null
  /** 1 channel: where the grade spares colours. */
  readonly skin: Raster
  /** Of the person's pixels, in pixels of the working size. */
  readonly grain: Grain
  readonly seed: number
  /** The portrait of a black-and-white photo in a place: a grey person in a coloured one would look cut out. */
  readonly isMonochrome: boolean
}

export interface CompositionRequest {
  readonly reference: ReferencePhoto
  readonly plan: CropPlan
  /** The person's pixels over the whole frame, at working size. */
  readonly picture: Raster
  /** The photo over the whole frame, at working size; NaN where the frame reaches beyond it. */
  readonly surroundings: Raster
  readonly parameters: Parameters
  readonly backdrop: Backdrop
  readonly seed: number
  readonly settings: RetouchSettings
  readonly signal: AbortSignal
}

/** @throws StudioError `place-missing`, `place-damaged`; the signal's reason when aborted */
export async function compose(request: CompositionRequest): Promise<Composition> {
  const { reference, plan, picture, settings, signal } = request
  const size: Size = { width: picture.width, height: picture.height }
  const person = placeInFrame(reference, plan.frame, size)
  const matte = matteField(picture, person.outline, person.hair, person.faceWidth, settings)
  const alpha = renderMatte(matte, picture)
  const colours = foregroundField(picture, alpha, person.faceWidth)
  const own = renderForeground(colours, picture, alpha)
  signal.throwIfAborted()
  const { picture: backdrop, light } = await renderBackdrop({
    ...size,
    backdrop: request.backdrop,
    seed: request.seed,
    settings,
    photo: { raster: request.surroundings, matte: alpha },
    subjectLuminance: meanLuminance(own, person.faceSkin),
    signal
  })
  signal.throwIfAborted()
  const { vibe, mood } = request.parameters
  const skin = skinOf(person)
  return {
    settings,
    matte,
    colours,
    fade: edgeFade(plan.visibleCuts, plan.frame, reference.photo.raster, size),
    gain: personGain(request, person, own, alpha, skin, light),
    wrap: lightWrap(alpha, backdrop, settings),
    backdrop,
    grade: gradeFor(vibe, mood, settings['grade.strength']),
    skin,
    grain: grainOf(reference, picture, alpha, person.faceSkin),
    seed: request.seed,
    isMonochrome: reference.isMonochrome && request.backdrop.kind === 'place'
  }
}

/** A smooth backdrop shows its grain more than a person does; at the full measure it looks noisier than they. */
const MATCHED = 0.75

/** As the picture shows it on the person, or where skin and cloth have texture, as the photo has it elsewhere. */
function grainOf({ grain }: ReferencePhoto, picture: Raster, alpha: Raster, face: Raster): Grain {
  const person = measureGrain(picture, alpha)
  const skin = measureGrain(picture, face)
  const sigmas = [grain.sigma, person.sigma, ...(skin.sigma > 0 ? [skin.sigma] : [])]
  return { sigma: MATCHED * Math.min(...sigmas), size: person.size }
}

function skinOf({ faceSkin, bodySkin }: PersonInFrame): Raster {
  return { ...faceSkin, data: faceSkin.data.map((face, at) => Math.min(1, face + (bodySkin.data[at] ?? 0))) }
}

/** Exposure, the place's light, the shadows it asks for and the retouching of the skin, as one factor. */
function personGain(
  { settings, parameters }: CompositionRequest,
  person: PersonInFrame,
  own: Raster,
  alpha: Raster,
  skin: Raster,
  light: EnvironmentLight | null
): Raster {
  const { width, height } = own
  const { ratio } = relight({
    person: own,
    matte: alpha,
    skin,
    mesh: person.face.mesh,
    light,
    lighting: lightingOf(parameters.lighting),
    settings
  })
  const enlarge = (raster: Raster) => resizeRows(raster, own, 0, height, 'bilinear').data
  const relit = enlarge(ratio)
  const shadow = enlarge(personShadow(own, person.face.mesh, settings))
  const retouched = skinRetouch(own, person, settings['retouch.strength'])
  const even = retouched && enlarge(retouched)
  const exposure = 2 ** settings['exposure.subject']
  const gain = createRaster(width, height, 3)
  for (let at = 0; at < gain.data.length; at++) {
    gain.data[at] = exposure * (relit[at] ?? 1) * (shadow[(at / 3) | 0] ?? 1) * (even ? (even[at] ?? 1) : 1)
  }
  return gain
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
