import { say } from '../sentences/say.ts'
import type { CatalogueEntry } from './catalogue-entry.ts'

const GRADES = { support: 'partial', does: say('grades-for-mood') } as const

export const MOODS = [
  {
    id: 'neutral',
    label: 'Neutral',
    prompt: 'a neutral mood',
    builtIn: { support: 'full', does: say('leaves-colours') }
  },
  { id: 'bright', label: 'Bright', prompt: 'a bright, airy mood', builtIn: GRADES },
  { id: 'calm', label: 'Calm', prompt: 'a calm, muted mood', builtIn: GRADES },
  { id: 'warm', label: 'Warm', prompt: 'a warm, golden mood', builtIn: GRADES },
  { id: 'cool', label: 'Cool', prompt: 'a cool, crisp mood', builtIn: GRADES },
  { id: 'cinematic', label: 'Cinematic', prompt: 'a cinematic mood', builtIn: GRADES }
] as const satisfies readonly CatalogueEntry[]
