import type { LightingId } from '../parameters/lighting.ts'
import type { PurposeId } from '../parameters/purpose.ts'

/** Lens and aperture a portrait photographer would take for the purpose, in 35 mm terms. */
export const CAMERA: Readonly<Record<PurposeId, string>> = {
  professional_linkedin: '85 mm lens at f/2.8, eye level',
  resume: '85 mm lens at f/4, eye level',
  corporate_website: '85 mm lens at f/2.8, eye level',
  personal_branding: '50 mm lens at f/2, eye level',
  business_card: '105 mm lens at f/4, eye level',
  passport_like: '90 mm lens at f/8, eye level'
}

/** Where the light stands and how hard it is: what the catalogue's name of a light means on a set. */
export const LIGHT_SET: Readonly<Record<LightingId, string>> = {
  natural: 'shadows as the place casts them',
  studio_softbox: 'key 45 degrees to the side, gentle fill',
  soft: 'slow fall-off across the face',
  dramatic: 'one hard key, deep but readable shadows',
  golden_hour: 'a rim of sun, warm fill',
  flash: 'frontal and hard, short shadows'
}
