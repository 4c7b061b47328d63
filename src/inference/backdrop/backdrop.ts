import { setImmediate } from 'node:timers/promises'
import { StudioError } from '../../domain/errors.ts'
import type { Size } from '../../domain/geometry.ts'
import type { Backdrop } from '../../domain/parameters/background.ts'
import type { RetouchSettings } from '../../domain/retouch-settings.ts'
import { photographLight } from '../light/photograph-light.ts'
import { type EnvironmentLight, panoramaLight, scaleLight } from '../light/spherical-harmonics.ts'
import type { Raster } from '../pixels/raster.ts'
import { type BackdropFile, openBackdropFile } from './backdrop-file.ts'
import { type PhotoInFrame, renderOwnBackground } from './own-background.ts'
import { renderCanvas } from './painted-canvas.ts'
import { loadPlace, type Panorama } from './panorama.ts'
import { cameraAxes } from './perspective.ts'
import { renderPhotograph } from './photograph.ts'
import { type PlaceShot, renderPlace } from './place.ts'
import { renderPlain } from './plain.ts'
import { panoramaShot, placeShot } from './shots.ts'
import { renderSweep } from './studio-sweep.ts'

export interface BackdropRequest extends Size {
  readonly backdrop: Backdrop
  /** Chooses among the views of a place, turns them a little, moves lamps and paint. */
  readonly seed: number
  readonly settings: RetouchSettings
  /** For the kind 'original': the photo as it lies in the frame. */
  readonly photo?: PhotoInFrame
  /** For the kind 'own': the file. */
  readonly backdropPath?: string | undefined
  /** Mean luminance of the person's skin in the photo, 0..1; places are exposed to suit it. */
  readonly subjectLuminance: number
  readonly signal: AbortSignal
}

export interface RenderedBackdrop {
  /** Display light, 0..1. */
  readonly picture: Raster
  /** What a place throws on the person, exposed as the picture is; null where the photo's own light stays. */
  readonly light: EnvironmentLight | null
  /** Said to the photographer. */
  readonly notes?: readonly string[]
}

/**
 * Renders what stands behind the person. The same request gives the same pixels.
 * @throws StudioError `place-missing`, `place-damaged`, `parameters-invalid`, those of `openBackdropFile`; the
 * signal's reason when aborted
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
      return renderPlaceBackdrop(request, await loadPlace(backdrop.place), placeShot(backdrop, seed, settings))
    case 'own': {
      if (request.backdropPath === undefined) {
        const hint = 'Hand in a panorama or a photograph as the backdrop, or choose another background.'
        throw new StudioError('parameters-invalid', 'The own backdrop needs its file.', { hint })
      }
      return renderFile(request, await openBackdropFile(request.backdropPath, signal))
    }
  }
}

function renderFile(request: BackdropRequest, file: BackdropFile): RenderedBackdrop {
  switch (file.kind) {
    case 'panorama':
      return {
        ...renderPlaceBackdrop(request, file.panorama, panoramaShot(request.seed, request.settings)),
        notes: file.notes
      }
    case 'photograph': {
      const { picture, gain, notes } = renderPhotograph(file.photograph, request)
      const light = scaleLight(photographLight(file.photograph.light), [gain, gain, gain])
      return { picture, light, notes: [...file.notes, ...notes] }
    }
  }
}

function renderPlaceBackdrop(request: BackdropRequest, panorama: Panorama, shot: PlaceShot): RenderedBackdrop {
  const { settings, signal, width, height, subjectLuminance } = request
  signal.throwIfAborted()
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
