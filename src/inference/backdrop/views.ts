import type { PlaceId } from '../../domain/parameters/background.ts'

/**
 * A view into a place, chosen by eye: it reads as that place when out of focus, keeps what draws the eye beside the
 * head and its horizon below the chin, and has light that flatters a face.
 */
export interface PlaceView {
  /** Stable name; the catalogue of backgrounds refers to some. */
  readonly name: string
  /** Degrees to the right of the panorama's middle. */
  readonly yaw: number
  /** Degrees above the horizon. */
  readonly pitch: number
  /** Degrees across a picture of 4:5. */
  readonly fov: number
  /** Stops of the place against what the person's skin calls for: least and most. */
  readonly stops: readonly [number, number]
  /** Degrees a seed may turn the view to either side. */
  readonly sway: number
  /** Gains of red, green and blue, where the camera would not have been balanced to the place's own light. */
  readonly balance?: readonly [number, number, number]
}

type Shot = readonly [
  name: string,
  yaw: number,
  pitch: number,
  fov: number,
  stops: readonly [number, number],
  sway: number
]
const view = ([name, yaw, pitch, fov, stops, sway]: Shot): PlaceView => ({ name, yaw, pitch, fov, stops, sway })

/** A room in the shade of its own window is balanced a little warmer than the sky outside. */
const DAYLIGHT_INDOORS = [1.07, 1, 0.88] as const
/** A moonlit night is seen bluer than a long exposure records it: the convention of film lighting. */
const MOONLIGHT = [0.62, 0.86, 1.34] as const

export const PLACE_VIEWS: Readonly<Record<PlaceId, readonly [PlaceView, ...PlaceView[]]>> = {
  apartment: [
    { ...view(['sunlit-wall', 96, 0, 46, [0.15, 0.45], 3]), balance: DAYLIGHT_INDOORS },
    view(['lamps', -26, 0, 46, [0.05, 0.35], 3]),
    view(['curtain', 6, 0, 46, [0.1, 0.4], 3])
  ],
  bridge: [
    view(['gallery', -84, -2, 46, [-0.25, 0.15], 6]),
    view(['corridor', 2, -2, 46, [-0.25, 0.15], 5]),
    view(['terrace', 87, -2, 46, [-0.2, 0.2], 3])
  ],
  city: [
    view(['towers', 82, 7, 46, [-0.4, 0], 4]),
    view(['corner', 8, 7, 46, [-0.5, -0.1], 4]),
    view(['station', 117, 7, 46, [-0.4, 0], 3])
  ],
  dawn: [view(['ridge', 108, 5, 46, [-0.5, -0.1], 8]), view(['valley', -95, 5, 46, [-0.4, 0], 10])],
  esplanade: [
    view(['columns', 128, 4, 48, [-0.9, -0.4], 5]),
    view(['counter', 24, 4, 46, [-0.8, -0.3], 5]),
    view(['balcony', -153, 4, 48, [-0.8, -0.3], 5])
  ],
  forest: [
    view(['clearing', -52, 4, 46, [-0.6, -0.2], 6]),
    view(['undergrowth', 135, 3, 46, [-0.5, -0.1], 6]),
    view(['rocks', 95, 4, 46, [-0.6, -0.2], 5])
  ],
  hall: [view(['stage', 128, 3, 48, [-0.5, -0.1], 4]), view(['balcony', -45, 3, 48, [-0.4, 0], 6])],
  lab: [view(['machines', -78, 3, 46, [-0.6, -0.2], 4]), view(['bench', 60, 4, 46, [-0.6, -0.2], 5])],
  lobby: [view(['reception', -62, 1, 46, [-0.1, 0.3], 5]), view(['stairs', 140, 2, 48, [-0.3, 0.1], 4])],
  night: [
    { ...view(['trees', 118, 6, 46, [-2.6, -2.1], 5]), balance: MOONLIGHT },
    { ...view(['lone-tree', 10, 6, 46, [-2.5, -2], 5]), balance: MOONLIGHT }
  ],
  park: [
    view(['meadow', -118, 6, 46, [-0.35, 0.05], 8]),
    view(['trees', -72, 6, 46, [-0.35, 0.05], 6]),
    view(['village', 152, 6, 46, [-0.35, 0.05], 8])
  ],
  sky: [view(['clouds', -66, 14, 50, [-0.2, 0.2], 15]), view(['morning', 115, 14, 50, [-0.2, 0.2], 12])],
  studio: [
    view(['softbox', 97, 6, 50, [-0.9, -0.5], 3]),
    view(['drape', 166, 3, 46, [-1.1, -0.6], 5]),
    view(['octabox', 37, 5, 50, [-1, -0.6], 3])
  ],
  sunrise: [
    view(['maple', -42, 5, 44, [-0.35, 0.05], 3]),
    view(['mist', 72, 5, 46, [-0.5, -0.1], 6]),
    view(['tracks', -84, 5, 46, [-0.35, 0.05], 4])
  ],
  sunset: [
    view(['waterfront', 52, 6, 46, [-0.6, -0.2], 4]),
    view(['palace', -68, 6, 48, [-0.4, 0], 6]),
    view(['columns', -143, 6, 48, [-0.4, 0], 5])
  ],
  venice: [view(['lagoon', 22, 5, 48, [-0.8, -0.4], 6]), view(['fortress', -108, 5, 48, [-0.7, -0.3], 8])],
  warehouse: [view(['pillars', 124, 4, 48, [-0.6, -0.2], 5]), view(['windows', -170, 4, 48, [-0.6, -0.2], 5])],
  workshop: [
    view(['aisle', 142, 4, 48, [-0.5, -0.1], 5]),
    view(['benches', -72, 4, 48, [-0.5, -0.1], 5]),
    view(['office', 98, 4, 48, [-0.5, -0.1], 5])
  ]
}
