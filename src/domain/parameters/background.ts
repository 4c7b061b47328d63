import { say } from '../sentences/say.ts'
import type { CatalogueEntry } from './catalogue-entry.ts'

/** The built-in panoramas (Poly Haven through @pmndrs/assets, CC0-1.0). */
export const PLACE_IDS = [
  'apartment',
  'bridge',
  'city',
  'dawn',
  'esplanade',
  'forest',
  'hall',
  'lab',
  'lobby',
  'night',
  'park',
  'sky',
  'studio',
  'sunrise',
  'sunset',
  'venice',
  'warehouse',
  'workshop'
] as const
export type PlaceId = (typeof PLACE_IDS)[number]

/** sRGB colour as '#rrggbb'. */
export type HexColour = `#${string}`

/** How the built-in engine makes a background. */
export type Backdrop =
  | { readonly kind: 'plain'; readonly colour: HexColour }
  | { readonly kind: 'gradient'; readonly colour: HexColour }
  | { readonly kind: 'canvas'; readonly colour: HexColour }
  | { readonly kind: 'original' }
  /** The file that comes with the order. */
  | { readonly kind: 'own' }
  /** `view` names one of the views chosen for the place; left out, the seed chooses. */
  | { readonly kind: 'place'; readonly place: PlaceId; readonly view?: string }

export interface BackgroundEntry extends CatalogueEntry {
  readonly backdrop: Backdrop
}

/** The background of an order that comes with a file to stand behind the person. */
export const OWN_BACKDROP = 'own_backdrop'

const full = (does: string) => ({ support: 'full', does }) as const
const place = (id: PlaceId, view?: string): Pick<BackgroundEntry, 'backdrop'> => ({
  backdrop: { kind: 'place', place: id, ...(view === undefined ? {} : { view }) }
})
const PLACE = full('renders the real place out of focus, and its light')
const nearest = (what: string) => ({ support: 'partial', does: say('nearest-place', { place: what }) }) as const

export const BACKGROUNDS = [
  {
    id: 'modern_office',
    label: 'Modern office',
    prompt: 'a modern office with glass and daylight, out of focus',
    builtIn: PLACE,
    aliases: ['office'],
    ...place('bridge')
  },
  {
    id: 'corporate_office',
    label: 'Corporate office',
    prompt: 'a corporate office lobby, out of focus',
    builtIn: PLACE,
    aliases: ['corporate_lobby', 'lobby'],
    ...place('lobby')
  },
  { id: 'city', label: 'City', prompt: 'glass towers of a city, out of focus', builtIn: PLACE, ...place('city') },
  {
    id: 'evening_foyer',
    label: 'Evening foyer',
    prompt: 'an evening foyer full of lamps, out of focus',
    builtIn: PLACE,
    ...place('esplanade')
  },
  {
    id: 'home',
    label: 'Home',
    prompt: 'a bright apartment, out of focus',
    builtIn: PLACE,
    aliases: ['apartment'],
    ...place('apartment')
  },
  {
    id: 'creative_space',
    label: 'Creative space',
    prompt: 'a workshop used as a creative space, out of focus',
    builtIn: PLACE,
    aliases: ['workshop'],
    ...place('workshop')
  },
  {
    id: 'warehouse',
    label: 'Warehouse',
    prompt: 'an industrial warehouse, out of focus',
    builtIn: PLACE,
    ...place('warehouse')
  },
  { id: 'hall', label: 'Hall', prompt: 'a ballroom with a stage, out of focus', builtIn: PLACE, ...place('hall') },
  {
    id: 'library',
    label: 'Library',
    prompt: 'a library with shelves of books, out of focus',
    builtIn: nearest('the hall'),
    ...place('hall')
  },
  {
    id: 'laboratory',
    label: 'Laboratory',
    prompt: 'a laboratory, out of focus',
    builtIn: PLACE,
    aliases: ['lab'],
    ...place('lab')
  },
  {
    id: 'outdoor',
    label: 'Outdoor park',
    prompt: 'a park in daylight, out of focus',
    builtIn: PLACE,
    aliases: ['park'],
    ...place('park')
  },
  { id: 'forest', label: 'Forest', prompt: 'a forest, out of focus', builtIn: PLACE, ...place('forest') },
  {
    id: 'golden_hour',
    label: 'Golden hour',
    prompt: 'a waterfront in the low sun of the golden hour, out of focus',
    builtIn: PLACE,
    aliases: ['sunset'],
    ...place('sunset', 'waterfront')
  },
  {
    id: 'sunrise',
    label: 'Sunrise',
    prompt: 'a misty meadow at sunrise, out of focus',
    builtIn: PLACE,
    ...place('sunrise')
  },
  { id: 'dawn', label: 'Dawn', prompt: 'desert hills at dawn, out of focus', builtIn: PLACE, ...place('dawn') },
  { id: 'night', label: 'Night', prompt: 'open country by moonlight, out of focus', builtIn: PLACE, ...place('night') },
  {
    id: 'venice',
    label: 'Venice',
    prompt: 'a square in Venice in the evening, out of focus',
    builtIn: PLACE,
    ...place('sunset', 'palace')
  },
  {
    id: 'lagoon',
    label: 'Lagoon at dusk',
    prompt: 'a quay by a lagoon at dusk, out of focus',
    builtIn: PLACE,
    aliases: ['seaside', 'dusk'],
    ...place('venice')
  },
  { id: 'sky', label: 'Open sky', prompt: 'an open sky, out of focus', builtIn: PLACE, ...place('sky') },
  {
    id: 'photo_studio',
    label: 'Photo studio',
    prompt: 'a photo studio with soft boxes on a cyclorama',
    builtIn: PLACE,
    aliases: ['studio'],
    ...place('studio')
  },
  {
    id: 'white',
    label: 'White',
    prompt: 'a plain white background',
    builtIn: full('lays a plain colour'),
    aliases: ['plain_white'],
    backdrop: { kind: 'plain', colour: '#f4f4f4' }
  },
  {
    id: 'light_grey',
    label: 'Light grey',
    prompt: 'a plain light grey background',
    builtIn: full('lays a plain colour'),
    aliases: ['light_gray', 'plain', 'plain_color', 'plain_colour', 'solid_color'],
    backdrop: { kind: 'plain', colour: '#cfcfcf' }
  },
  {
    id: 'grey',
    label: 'Grey',
    prompt: 'a plain mid grey background',
    builtIn: full('lays a plain colour'),
    aliases: ['gray'],
    backdrop: { kind: 'plain', colour: '#8a8a8a' }
  },
  {
    id: 'studio_grey',
    label: 'Studio gradient',
    prompt: 'a grey studio backdrop with a soft gradient',
    builtIn: full('draws a studio gradient'),
    aliases: ['studio_gradient', 'studio_gray'],
    backdrop: { kind: 'gradient', colour: '#7d7f82' }
  },
  {
    id: 'dark_studio',
    label: 'Dark studio',
    prompt: 'a dark studio backdrop with a soft glow',
    builtIn: full('draws a studio gradient'),
    backdrop: { kind: 'gradient', colour: '#33353a' }
  },
  {
    id: 'mottled_canvas',
    label: 'Mottled canvas',
    prompt: 'a hand-painted mottled canvas backdrop',
    builtIn: full('paints a mottled canvas'),
    aliases: ['canvas'],
    backdrop: { kind: 'canvas', colour: '#6b6257' }
  },
  {
    id: 'original_blurred',
    label: 'Own background, blurred',
    prompt: 'the background of the reference photo, out of focus',
    builtIn: full('throws the own background out of focus'),
    aliases: ['original', 'blurred'],
    backdrop: { kind: 'original' }
  },
  {
    id: OWN_BACKDROP,
    label: 'Own backdrop',
    prompt: 'the place in the backdrop picture, out of focus',
    builtIn: full('renders the panorama or photograph handed in out of focus, and its light'),
    aliases: ['backdrop', 'custom', 'custom_background'],
    backdrop: { kind: 'own' }
  }
] as const satisfies readonly BackgroundEntry[]
