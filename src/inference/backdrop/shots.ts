import type { Backdrop } from '../../domain/parameters/background.ts'
import type { RetouchSettings } from '../../domain/retouch-settings.ts'
import type { PlaceShot } from './place.ts'
import { seededRandom } from './seeded-random.ts'
import { PLACE_VIEWS, type PlaceView } from './views.ts'

type PlaceBackdrop = Extract<Backdrop, { kind: 'place' }>
type ShotSettings = Pick<RetouchSettings, 'background.yaw' | 'exposure.background'>

/** Degrees a seed may tilt a view. */
const PITCH_SWAY = 1

/** One of the views chosen for a built-in place, the way this seed takes it. */
export function placeShot(backdrop: PlaceBackdrop, seed: number, settings: ShotSettings): PlaceShot {
  const views = PLACE_VIEWS[backdrop.place]
  const random = seededRandom(seed)
  const chosen = Math.floor(random() * views.length)
  const view = views.find(({ name }) => name === backdrop.view) ?? views[chosen] ?? views[0]
  return swayed(view, random, settings)
}

/**
 * A panorama nobody has chosen views of: straight ahead, which is where whoever stitched it put its middle, with the
 * horizon a little below the middle of the frame, at the chin.
 */
const STRAIGHT_AHEAD: PlaceView = { name: 'ahead', yaw: 0, pitch: 4, fov: 46, stops: [-0.4, 0], sway: 8 }

export function panoramaShot(seed: number, settings: ShotSettings): PlaceShot {
  return swayed(STRAIGHT_AHEAD, seededRandom(seed), settings)
}

function swayed(view: PlaceView, random: () => number, settings: ShotSettings): PlaceShot {
  const sway = () => 2 * random() - 1
  return {
    yaw: view.yaw + view.sway * sway() + settings['background.yaw'],
    pitch: view.pitch + PITCH_SWAY * sway(),
    fov: view.fov,
    stops: view.stops[0] + (view.stops[1] - view.stops[0]) * random() + settings['exposure.background'],
    balance: view.balance ?? [1, 1, 1]
  }
}
