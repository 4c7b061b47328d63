import { setImmediate } from 'node:timers/promises'
import { StudioError } from '../../domain/errors.ts'
import type { Size } from '../../domain/geometry.ts'
import type { Backdrop } from '../../domain/parameters/background.ts'
import type { RetouchSettings } from '../../domain/retouch-settings.ts'
import { type EnvironmentLight, panoramaLight, scaleLight } from '../light/spherical-harmonics.ts'
import type { Raster } from '../pixels/raster.ts'
import { type PhotoInFrame, renderOwnBackground } from './own-background.ts'
import { renderCanvas } from './painted-canvas.ts'
import { loadPlace } from './panorama.ts'
import { cameraAxes } from './perspective.ts'
import { type PlaceShot, renderPlace } from './place.ts'
import { renderPlain } from './plain.ts'
import { seededRandom } from './seeded-random.ts'
import { renderSweep } from './studio-sweep.ts'
import { PLACE_VIEWS } from './views.ts'

export interface BackdropRequest extends Size {
  readonly backdrop: Backdrop
  /** Chooses among the views of a place, turns them a little, moves lamps and paint. */
  readonly seed: number
  readonly settings: RetouchSettings
  /** For the kind 'original': the photo as it lies in the frame. */
  readonly photo?: PhotoInFrame
  /** Mean luminance of the person's skin in the photo, 0..1; places are exposed to suit it. */
  readonly subjectLuminance: number
  readonly signal: AbortSignal
}

export interface RenderedBackdrop {
  /** Display light, 0..1. */
  readonly picture: Raster
  /** What a place throws on the person, exposed as the picture is; null where the photo's own light stays. */
  readonly light: EnvironmentLight | null
}

type PlaceBackdrop = Extract<Backdrop, { kind: 'place' }>

/**
 * Renders what stands behind the person. The same request gives the same pixels.
 * @throws StudioError `place-missing`, `place-damaged`; the signal's reason when aborted
 */
export async function renderBackdrop(request: BackdropRequest): Promise<RenderedBackdrop> {
  const { backdrop, seed, settings, signal } = request
  const size = { width: request.width, height: request.height }
  const gain = 2 ** settings['exposure.background']
  // Lets a cancellation that is waiting come in before the heavy work.
  await setImmediate()
  signal.throwIfAborted()
  switch (backdrop.kind) {
    case 'plain':
      return { picture: renderPlain(size, backdrop.colour), light: null }
    case 'gradient':
      return { picture: renderSweep(size, backdrop.colour, seed, gain), light: null }
    case 'canvas':
      return { picture: renderCanvas(size, backdrop.colour, seed, gain), light: null }
    case 'original': {
      if (!request.photo) throw new StudioError('internal', 'The own background needs the photo.')
      return { picture: renderOwnBackground(request.photo, size, settings['background.defocus'], gain), light: null }
    }
    case 'place':
      return renderPlaceBackdrop(request, backdrop)
  }
}

async function renderPlaceBackdrop(request: BackdropRequest, backdrop: PlaceBackdrop): Promise<RenderedBackdrop> {
  const { settings, signal, width, height, subjectLuminance } = request
  const panorama = await loadPlace(backdrop.place)
  signal.throwIfAborted()
  const shot = chooseShot(backdrop, request.seed, settings)
  const { picture, gain } = renderPlace(panorama, {
    width,
    height,
    shot,
    defocus: settings['background.defocus'],
    subjectLuminance
  })
  const light = panoramaLight(panorama.coarse, cameraAxes(shot.yaw, shot.pitch))
  const [red, green, blue] = shot.balance
  return { picture, light: scaleLight(light, [gain * red, gain * green, gain * blue]) }
}

/** Degrees a seed may tilt a view. */
const PITCH_SWAY = 1

function chooseShot(backdrop: PlaceBackdrop, seed: number, settings: RetouchSettings): PlaceShot {
  const views = PLACE_VIEWS[backdrop.place]
  const random = seededRandom(seed)
  const chosen = Math.floor(random() * views.length)
  const view = views.find(({ name }) => name === backdrop.view) ?? views[chosen] ?? views[0]
  const sway = () => 2 * random() - 1
  return {
    yaw: view.yaw + view.sway * sway() + settings['background.yaw'],
    pitch: view.pitch + PITCH_SWAY * sway(),
    fov: view.fov,
    stops: view.stops[0] + (view.stops[1] - view.stops[0]) * random() + settings['exposure.background'],
    balance: view.balance ?? [1, 1, 1]
  }
}
