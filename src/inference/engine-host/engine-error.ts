import { StudioError, toStudioError } from '../../domain/errors.ts'
import { speaksOfMemory } from '../../domain/memory-exhaustion.ts'
import { say } from '../../domain/sentences/say.ts'

/** What an engine threw, as a StudioError; memory that ran out is named as such, whichever library noticed it. */
export function toEngineError(thrown: unknown): StudioError {
  const error = toStudioError(thrown)
  if (error.code !== 'internal' || !speaksOfMemory(error.message)) return error
  return new StudioError('engine-out-of-memory', say('error-engine-memory'), { cause: thrown })
}
