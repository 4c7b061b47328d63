import type { CatalogueEntry } from './catalogue-entry.ts'

const CROPS = { support: 'full', does: 'crops to the profile of this purpose and measures against it' } as const

/** What the portrait is for; each purpose has a delivery profile of the same id. */
export const PURPOSES = [
  {
    id: 'professional_linkedin',
    label: 'LinkedIn',
    prompt: 'a professional LinkedIn profile portrait',
    builtIn: CROPS,
    aliases: ['linkedin']
  },
  {
    id: 'resume',
    label: 'Resume',
    prompt: 'a portrait for a resume',
    builtIn: CROPS,
    aliases: ['cv', 'professional_resume']
  },
  {
    id: 'corporate_website',
    label: 'Corporate website',
    prompt: 'a team portrait for a corporate website',
    builtIn: CROPS
  },
  { id: 'personal_branding', label: 'Personal branding', prompt: 'a personal branding portrait', builtIn: CROPS },
  { id: 'business_card', label: 'Business card', prompt: 'a portrait for a business card', builtIn: CROPS },
  {
    id: 'passport_like',
    label: 'Passport-like 35×45 (not for official documents)',
    prompt: 'a passport-like portrait, frontal, on a plain light background',
    builtIn: CROPS,
    aliases: ['passport', 'id_photo']
  }
] as const satisfies readonly CatalogueEntry[]

export type PurposeId = (typeof PURPOSES)[number]['id']

export const PURPOSE_IDS = PURPOSES.map(({ id }) => id)
