import { say } from '../sentences/say.ts'
import type { CatalogueEntry } from './catalogue-entry.ts'

const KEEPS = { support: 'none', does: say('keeps-clothes') } as const

export const ATTIRES = [
  {
    id: 'as_photographed',
    label: 'As photographed',
    prompt: 'the clothes of the reference photo',
    builtIn: { support: 'full', does: say('keeps-clothes') }
  },
  {
    id: 'business_formal',
    label: 'Business formal',
    prompt: 'business formal attire, a dark tailored suit',
    builtIn: KEEPS
  },
  {
    id: 'business_casual',
    label: 'Business casual',
    prompt: 'business casual attire, a blazer over an open collar',
    builtIn: KEEPS
  },
  {
    id: 'smart_casual',
    label: 'Smart casual',
    prompt: 'smart casual attire, a fine knit or a neat shirt',
    builtIn: KEEPS
  },
  {
    id: 'creative_professional',
    label: 'Creative professional',
    prompt: 'the attire of a creative professional',
    builtIn: KEEPS
  },
  { id: 'academic', label: 'Academic', prompt: 'academic attire, a tweed jacket or a cardigan', builtIn: KEEPS }
] as const satisfies readonly CatalogueEntry[]
