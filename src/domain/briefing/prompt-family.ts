import type { EngineDescription } from '../engine.ts'

/**
 * What a generator makes of a prompt. retouch: it keeps the photo and is set, not told. edit: it changes a picture that
 * it is shown. paint: it knows only what it is told.
 */
export type PromptFamily = 'retouch' | 'edit' | 'paint'

/** FLUX.1 Kontext and FLUX.2 edit from references: https://bfl.ai/models */
const EDITS = /kontext|klein|flux[.\s-]?2|edit/i

export function promptFamilyOf({ kind, engine, version, label, abilities }: EngineDescription): PromptFamily {
  if (kind === 'photographic') return 'retouch'
  return EDITS.test([engine, version, label, ...abilities].join(' ')) ? 'edit' : 'paint'
}
