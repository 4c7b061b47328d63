import { randomUUID } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { StudioError, toStudioError } from '../../domain/errors.ts'
import { say } from '../../domain/sentences/say.ts'

/**
 * Writes a whole file or none: beside it, flushed to the drive, then renamed over it.
 *
 * @throws StudioError `disk-full`, `output-unwritable`
 */
export async function writeWholeFile(path: string, bytes: Uint8Array): Promise<void> {
  const partial = join(dirname(path), `.${basename(path)}.${randomUUID()}.part`)
  try {
    const file = await open(partial, 'wx')
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(partial, path)
  } catch (thrown) {
    await rm(partial, { force: true }).catch(() => undefined)
    throw asOutputError(thrown, path)
  }
}

function asOutputError(cause: unknown, path: string): StudioError {
  const { code, message } = toStudioError(cause)
  const folder = dirname(path)
  if (code === 'disk-full') return new StudioError('disk-full', say('error-folder-full', { folder }), { cause })
  if (code === 'internal') return new StudioError('output-unwritable', message, { cause })
  return new StudioError('output-unwritable', say('error-nothing-written', { folder }), { cause })
}
