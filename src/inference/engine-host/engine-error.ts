import { StudioError, toStudioError } from '../../domain/errors.ts'
import { speaksOfMemory } from '../../domain/memory-exhaustion.ts'

/** What an engine threw, as a StudioError; memory that ran out is named as such, whichever library noticed it. */
export function toEngineError(thrown: unknown): StudioError {
  const error = toStudioError(thrown)
  if (error.code !== 'internal' || !speaksOfMemory(error.message)) return error
  return new StudioError('engine-out-of-memory', 'The engine ran out of memory.', { cause: thrown })
}
