import { say } from '../sentences/say.ts'
import type { CatalogueEntry } from './catalogue-entry.ts'

const RELIGHTS = { support: 'partial', does: say('reshapes-light') } as const

export const LIGHTINGS = [
  {
    id: 'natural',
    label: 'Natural',
    prompt: "the place's own natural light",
    builtIn: RELIGHTS,
    aliases: ['natural_light']
  },
  {
    id: 'studio_softbox',
    label: 'Studio soft box',
    prompt: 'studio light from a large soft box',
    builtIn: RELIGHTS,
    aliases: ['studio', 'studio_light']
  },
  {
    id: 'soft',
    label: 'Soft window',
    prompt: 'soft window light from one side',
    builtIn: RELIGHTS,
    aliases: ['window', 'soft_light']
  },
  { id: 'dramatic', label: 'Dramatic', prompt: 'dramatic low-key side light', builtIn: RELIGHTS },
  { id: 'golden_hour', label: 'Golden hour', prompt: 'warm low sun of the golden hour', builtIn: RELIGHTS },
  { id: 'flash', label: 'Flash', prompt: 'direct on-camera flash', builtIn: RELIGHTS }
] as const satisfies readonly CatalogueEntry[]

export type LightingId = (typeof LIGHTINGS)[number]['id']
