import type { Backdrop } from '../../domain/parameters/background.ts'
import type { LightingId } from '../../domain/parameters/lighting.ts'
import { luminance } from '../pixels/colour.ts'
import type { Raster } from '../pixels/raster.ts'
import { blackBody } from './colour-temperature.ts'

/** What a set-up of lamps does to what stands behind the person. */
export interface BackdropLight {
  /** Stops against the backdrop in its own light. */
  readonly stops: number
  /** Colour of the light that falls on it; that of daylight leaves it as it is. */
  readonly kelvin: number
}

const DAYLIGHT = 6504

/**
 * Plain colours and the user's own backdrops stay exactly what they are. Low key: the key does not reach the
 * background. Flash: its light falls with the square of the distance ("Light: Science & Magic", ch. 3), so what is
 * behind is darker. A soft box near the person does the same, less. Amounts chosen by eye.
 */
export function lightOnBackdrop(lighting: LightingId, { kind }: Backdrop): BackdropLight {
  if (kind !== 'place' && kind !== 'gradient' && kind !== 'canvas') return { stops: 0, kelvin: DAYLIGHT }
  switch (lighting) {
    case 'natural':
    case 'soft':
      return { stops: 0, kelvin: DAYLIGHT }
    case 'studio_softbox':
      return { stops: -0.35, kelvin: DAYLIGHT }
    case 'dramatic':
      return { stops: -1.1, kelvin: DAYLIGHT }
    case 'golden_hour':
      return { stops: 0, kelvin: kind === 'place' ? 4500 : 5200 }
    case 'flash':
      return { stops: -0.8, kelvin: DAYLIGHT }
  }
}

/** Display luminance from which a tint fades, and its share left at white: film renders the sun's own glare pale. */
const GLARE = { from: 0.5, left: 0.4 }

/** Colours a picture, display light 0..1, as light of that colour does; no value rises, so nothing clips. */
export function tintPicture({ data }: Raster, kelvin: number): void {
  if (kelvin === DAYLIGHT) return
  const [red, green, blue] = blackBody(kelvin)
  const most = Math.max(red, green, blue)
  for (let at = 0; at < data.length; at += 3) {
    const [r, g, b] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0]
    const glare = Math.min(1, Math.max(0, (luminance(r, g, b) - GLARE.from) / (1 - GLARE.from)))
    const share = 1 - (1 - GLARE.left) * glare
    data[at] = r * (1 + share * (red / most - 1))
    data[at + 1] = g * (1 + share * (green / most - 1))
    data[at + 2] = b * (1 + share * (blue / most - 1))
  }
}
