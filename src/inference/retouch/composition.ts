import type { Size } from '../../domain/geometry.ts'
import type { Backdrop } from '../../domain/parameters/background.ts'
import type { LightingId } from '../../domain/parameters/lighting.ts'
import { lightingOf, type Parameters } from '../../domain/parameters/parameters.ts'
import type { RetouchSettings } from '../../domain/retouch-settings.ts'
import { renderBackdrop } from '../backdrop/backdrop.ts'
import { type Grade, gradeFor } from '../grade/grade.ts'
import type { Grain } from '../grade/grain.ts'
import { lightOnBackdrop, tintPicture } from '../light/light-on-backdrop.ts'
import { type LightWrap, lightWrap } from '../light/light-wrap.ts'
import { relight } from '../light/relight.ts'
import type { EnvironmentLight } from '../light/spherical-harmonics.ts'
import type { ForegroundField } from '../people/foreground.ts'
import { type MatteField, renderMatte } from '../people/matte-field.ts'
import { warpAffine } from '../pixels/affine.ts'
import type { Raster } from '../pixels/raster.ts'
import { resize } from '../pixels/resample.ts'
import type { CropPlan } from './crop.ts'
import type { CutOut } from './cut-out.ts'
import { edgeFade } from './edge-fade.ts'
import { type Frame, frameToPhoto } from './frame.ts'
import type { HairHalo } from './hair-halo.ts'
import type { RedEyes } from './red-eye.ts'
import type { ReferencePhoto } from './reference-photo.ts'

/**
 * Everything of a portrait that varies slowly over the frame, found once at working size. Together with the person's
 * pixels at any size it makes the same portrait at that size, rows by rows.
 */
export interface Composition {
  readonly settings: RetouchSettings
  readonly matte: MatteField
  /**
   * 1 channel: the matte itself, where the photo has no more detail than the working size. What enlarging it further adds
   * along edges is made up, and following that would leave beads there. Null where larger sizes show more of the photo.
   */
  readonly alpha: Raster | null
  readonly colours: ForegroundField
  /** 1 channel that the matte is multiplied by; null is 1 everywhere. */
  readonly fade: Raster | null
  /** 3 channels that the person's light is multiplied by. */
  readonly gain: Raster
  readonly wrap: LightWrap
  /** 3 channels, display light, any size. */
  readonly backdrop: Raster
  /** Said to the photographer of the backdrop. */
  readonly backdropNotes: readonly string[]
  readonly grade: Grade | null
  /** 1 channel: where the grade spares colours. */
  readonly skin: Raster
  readonly workingWidth: number
  /** Of the person's pixels, in pixels of the working size. */
  readonly grain: Grain
  readonly seed: number
  /** The portrait of a black-and-white photo in a place: a grey person in a coloured one would look cut out. */
  readonly isMonochrome: boolean
  /** Null where no pupil is red, or nothing is to be retouched. */
  readonly redEyes: RedEyes | null
  /** Null where no hair is seen, or nothing is to be retouched. */
  readonly halo: HairHalo | null
}

export interface CompositionRequest {
  readonly reference: ReferencePhoto
  readonly plan: CropPlan
  /** At working size. */
  readonly cutOut: CutOut
  readonly parameters: Parameters
  readonly backdrop: Backdrop
  readonly backdropPath: string | undefined
  readonly seed: number
  readonly settings: RetouchSettings
  readonly signal: AbortSignal
}

/** Black-and-white people do not stand in places in colour. */
const SHOWS_A_PLACE: ReadonlySet<Backdrop['kind']> = new Set(['place', 'own'])

/** @throws StudioError `place-missing`, `place-damaged`, those of `openBackdropFile`; the signal's reason when aborted */
export async function compose(request: CompositionRequest): Promise<Composition> {
  const { reference, plan, cutOut, settings, signal } = request
  const { alpha, skin } = cutOut
  const grid: Size = { width: alpha.width, height: alpha.height }
  const size: Size = { width: cutOut.picture.width, height: cutOut.picture.height }
  signal.throwIfAborted()
  const isOriginal = request.backdrop.kind === 'original'
  const lighting = lightingOf(request.parameters.lighting) ?? 'natural'
  const lamps = lightOnBackdrop(lighting, request.backdrop)
  const {
    picture: backdrop,
    light,
    notes
  } = await renderBackdrop({
    ...size,
    backdrop: request.backdrop,
    backdropPath: request.backdropPath,
    seed: request.seed,
    settings: { ...settings, 'exposure.background': settings['exposure.background'] + lamps.stops },
    ...(isOriginal && { photo: { raster: lookAround(reference, plan.frame, grid), matte: alpha } }),
    subjectLuminance: cutOut.skinLuminance,
    signal
  })
  tintPicture(backdrop, lamps.kelvin)
  signal.throwIfAborted()
  const { vibe, mood } = request.parameters
  return {
    settings,
    matte: cutOut.matte,
    alpha: cutOut.sourceDetail < 1 ? renderMatte(cutOut.matte, cutOut.picture) : null,
    colours: cutOut.colours,
    fade: edgeFade(plan.visibleCuts, plan.frame, reference.photo.raster, grid),
    gain: personGain(request, light, lighting),
    wrap: lightWrap(alpha, backdrop, settings),
    backdrop,
    backdropNotes: notes ?? [],
    grade: gradeFor(vibe, mood, settings['grade.strength']),
    skin,
    redEyes: cutOut.redEyes,
    halo: cutOut.halo,
    workingWidth: size.width,
    grain: cutOut.grain,
    seed: request.seed,
    isMonochrome: reference.isMonochrome && SHOWS_A_PLACE.has(request.backdrop.kind)
  }
}

/** All that the photo shows over the frame; NaN beyond its edges. */
function lookAround({ photo }: ReferencePhoto, frame: Frame, size: Size): Raster {
  const outside = [Number.NaN, Number.NaN, Number.NaN]
  return warpAffine(photo.raster, frameToPhoto(frame, size), size.width, size.height, { outside })
}

/** Exposure, the place's light and what the person brings along, as one factor. */
function personGain(
  { settings, cutOut }: CompositionRequest,
  light: EnvironmentLight | null,
  lighting: LightingId
): Raster {
  const { shaping, surface } = cutOut
  const { width, height } = shaping
  const { ratio } = relight(surface, { light, lighting, settings })
  const gain = resize(ratio, width, height, 'bilinear')
  const exposure = 2 ** settings['exposure.subject']
  for (let at = 0; at < gain.data.length; at++) {
    gain.data[at] = exposure * (gain.data[at] ?? 1) * (shaping.data[at] ?? 1)
  }
  return gain
}
