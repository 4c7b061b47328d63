import { DELIVERY_PROFILES, type DeliveryProfile, profileSize } from '../../domain/delivery-profile.ts'
import type { LocalReference } from '../../domain/engine.ts'
import type { Size } from '../../domain/geometry.ts'
import type { Backdrop } from '../../domain/parameters/background.ts'
import { backdropOf, type Parameters } from '../../domain/parameters/parameters.ts'
import { WORKING_LONG_EDGE } from '../../domain/parameters/resolution.ts'
import type { CallContext } from '../../domain/progress.ts'
import { type RetouchSettings, retouchSettingsSchema } from '../../domain/retouch-settings.ts'
import { openBackdropFile } from '../backdrop/backdrop-file.ts'
import { matteColumns } from '../people/matte-field.ts'
import type { Raster } from '../pixels/raster.ts'
import { exceedsSrgb } from '../pixels/wide-gamut.ts'
import { isFrugal } from '../runtime/frugality.ts'
import { bodyCuts } from './body-cuts.ts'
import { composeRows } from './compose-rows.ts'
import { type Composition, compose } from './composition.ts'
import { type CropPlan, planCrop } from './crop.ts'
import { openCutOut } from './cut-out.ts'
import { personBox } from './person-in-frame.ts'
import { openPersonPixels, type PersonPixels, rowsOf } from './person-pixels.ts'
import { openReference, type ReferencePhoto } from './reference-photo.ts'
import { detailedRows } from './sharpen.ts'

/** What stands behind the person where the words name no place this engine has. */
const NEUTRAL: Backdrop = { kind: 'gradient', colour: '#7d7f82' }

/** The longest silence, on a slow machine that swaps. */
const WITHIN_MS = 60_000
/** Rows drawn at a time: sharpening sees some rows above and below them, which low strips reckon more often. */
const STRIP_ROWS = { usual: 256, frugal: 64 }

export interface PortraitRequest {
  readonly reference: LocalReference
  readonly parameters: Parameters
  /** What stands behind the person where the background is an own backdrop. */
  readonly backdropPath?: string | undefined
  readonly settings: Readonly<Record<string, unknown>>
  readonly seed: number
  /** Pixels of the longer edge. */
  readonly longEdge: number
}

/** A portrait found and not yet drawn: its rows are drawn as they are asked for. */
export interface Portrait {
  readonly size: Size
  readonly reference: ReferencePhoto
  readonly profile: DeliveryProfile
  readonly settings: RetouchSettings
  readonly plan: CropPlan
  readonly composition: Composition
  /** Pixels of the original photo behind one pixel of the portrait, linear. */
  readonly sourceDetail: number
  /** Some of the colours it shows lie outside sRGB. */
  readonly isWideGamut: boolean
  /** Linear light, from top to bottom. */
  strips(): AsyncGenerator<Raster>
}

/** @throws StudioError of the photo and its faces, `parameters-invalid`, `model-missing`, `place-missing`, those of `openBackdropFile`, `cancelled` */
export async function composePortrait(request: PortraitRequest, context: CallContext): Promise<Portrait> {
  const step = steps(context)
  step('Reading the photo')
  const { parameters, backdropPath, seed, longEdge } = request
  const settings = retouchSettingsSchema.parse(request.settings)
  // A backdrop that cannot be used is told before the work, not after it.
  if (backdropPath !== undefined) await openBackdropFile(backdropPath, context.signal)
  const reference = await openReference(request.reference, context.signal)
  const profile = DELIVERY_PROFILES[parameters.purpose]
  const size = profileSize(profile, longEdge)
  const working = profileSize(profile, Math.min(longEdge, WORKING_LONG_EDGE))
  const plan = planCrop(subjectOf(reference), profile, settings)
  step('Cutting the person out')
  const cutOut = await openCutOut({ reference, frame: plan.frame, size: working, settings }, context)
  step('Composing')
  const backdrop = backdropOf(parameters.background) ?? NEUTRAL
  const { signal } = context
  const behind = { backdrop, backdropPath }
  const composition = await compose({ reference, plan, cutOut, parameters, ...behind, seed, settings, signal })
  step('Rendering')
  const shown = { frame: plan.frame, size, person: personBox(reference.view), denoise: settings['detail.denoise'] }
  const pixels =
    size.height === working.height
      ? rowsOf(cutOut.picture, cutOut.sourceDetail)
      : await openPersonPixels(reference, shown, context.signal)
  return {
    size,
    reference,
    profile,
    settings,
    plan,
    composition,
    sourceDetail: pixels.sourceDetail,
    isWideGamut: exceedsSrgb(cutOut.picture),
    strips: () => renderStrips(composition, pixels, size, context)
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
  return { face, isHead, cuts: bodyCuts(view, face), contacts: view.contacts }
}

async function* renderStrips(
  composition: Composition,
  pixels: PersonPixels,
  size: Size,
  { signal, onProgress }: CallContext
): AsyncGenerator<Raster> {
  const height = isFrugal() ? STRIP_ROWS.frugal : STRIP_ROWS.usual
  for (let top = 0; top < size.height; top += height) {
    signal.throwIfAborted()
    onProgress({ activity: 'Rendering', done: top, total: size.height, withinMs: WITHIN_MS })
    const rows = Math.min(height, size.height - top)
    const columns = matteColumns(composition.matte, size, top, rows)
    const person = detailedRows(pixels, size, top, rows, columns, composition.settings['detail.sharpen'])
    yield composeRows(composition, person, size, top, rows)
  }
}
