import type { CatalogueEntry } from './catalogue-entry.ts'

export interface ResolutionEntry extends CatalogueEntry {
  /** Pixels of the delivered picture's longer edge. */
  readonly longEdge: number
}

const DELIVERS = { support: 'full', does: 'delivers this size and states the real detail of the source' } as const

export const RESOLUTIONS = [
  { id: '1k', label: '1k', prompt: 'high detail', longEdge: 1024, builtIn: DELIVERS, aliases: ['1024'] },
  { id: '2k', label: '2k', prompt: 'high detail', longEdge: 2048, builtIn: DELIVERS, aliases: ['2048', 'hd'] },
  { id: '4k', label: '4k', prompt: 'very high detail', longEdge: 4096, builtIn: DELIVERS, aliases: ['4096', 'uhd'] }
] as const satisfies readonly ResolutionEntry[]

export type ResolutionId = (typeof RESOLUTIONS)[number]['id']

/** Long edge of attempts, px: they are made and judged at this size; only what is delivered is made larger. */
export const WORKING_LONG_EDGE = 1024
