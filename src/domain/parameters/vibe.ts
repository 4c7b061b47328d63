import { say } from '../sentences/say.ts'
import type { CatalogueEntry } from './catalogue-entry.ts'

const GRADES = { support: 'partial', does: say('grades-for-vibe') } as const

export const VIBES = [
  { id: 'confident', label: 'Confident', prompt: 'a confident, composed expression', builtIn: GRADES },
  { id: 'friendly', label: 'Friendly', prompt: 'a friendly, open expression', builtIn: GRADES },
  { id: 'approachable', label: 'Approachable', prompt: 'an approachable, relaxed expression', builtIn: GRADES },
  { id: 'authoritative', label: 'Authoritative', prompt: 'an authoritative, calm expression', builtIn: GRADES },
  { id: 'creative', label: 'Creative', prompt: 'a creative, curious expression', builtIn: GRADES },
  { id: 'sophisticated', label: 'Sophisticated', prompt: 'a sophisticated, poised expression', builtIn: GRADES },
  { id: 'warm', label: 'Warm', prompt: 'a warm, kind expression', builtIn: GRADES }
] as const satisfies readonly CatalogueEntry[]

export type VibeId = (typeof VIBES)[number]['id']
