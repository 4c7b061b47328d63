import { type ErrorCode, StudioError } from '../../../domain/errors.ts'
import { say } from '../../../domain/sentences/say.ts'

function systemCode(thrown: unknown): string | undefined {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined
}

export function isMissing(thrown: unknown): boolean {
  return systemCode(thrown) === 'ENOENT' || systemCode(thrown) === ('artifact-missing' satisfies ErrorCode)
}

/** Another file system, or on Windows a program that has the file open. */
export function isImmovable(thrown: unknown): boolean {
  return ['EXDEV', 'EPERM', 'EBUSY'].includes(systemCode(thrown) ?? '')
}

/** A failure while writing to the folder of artifacts. */
export function writeError(thrown: unknown): StudioError {
  if (thrown instanceof StudioError) return thrown
  if (thrown instanceof Error && thrown.name === 'AbortError') {
    return new StudioError('cancelled', 'Storing the picture was cancelled.', { cause: thrown })
  }
  const code = systemCode(thrown)
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new StudioError('disk-full', say('error-store-full'), { cause: thrown })
  }
  return new StudioError('store-unavailable', say('error-picture-unwritten'), { cause: thrown })
}

/** A failure while opening or reading the file that is to be copied in. */
export function sourceError(path: string, thrown: unknown): StudioError {
  const code: ErrorCode = isMissing(thrown) ? 'file-missing' : 'file-unreadable'
  const message = code === 'file-missing' ? `There is no file ${path}.` : `The file ${path} cannot be read.`
  return new StudioError(code, message, { cause: thrown })
}

export function readError(id: string, thrown: unknown): StudioError {
  if (thrown instanceof StudioError) return thrown
  if (isMissing(thrown)) {
    return new StudioError('artifact-missing', say('error-picture-gone', { picture: id }), { cause: thrown })
  }
  return new StudioError('store-unavailable', `The picture ${id} cannot be read from the store.`, { cause: thrown })
}
