import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { access, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { CollisionRule } from '../../domain/delivery/export-preset.ts'
import { StudioError, toStudioError } from '../../domain/errors.ts'
import { makeFolder, syncFilesBelow } from '../files/durable-files.ts'
import { placeFile, TakenNames } from './place-file.ts'

/** What the system's codes (https://nodejs.org/api/errors.html#common-system-errors) mean for whoever chose the place. */
const REASONS: Readonly<Record<string, string>> = {
  EEXIST: 'a file stands where the folder should be',
  ENOTDIR: 'part of the path is a file, not a folder',
  EISDIR: 'a folder has the name of the file',
  ENOENT: 'the folder is not there',
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'the drive can only be read',
  ENAMETOOLONG: 'the name is too long',
  EBUSY: 'another program holds it',
  EIO: 'the drive does not answer as it should',
  EMFILE: 'too many files are open'
}

function systemCode(thrown: unknown): string | undefined {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined
}

/** What went wrong while something was written below `parent`; what is said already stays as it is. */
export function outputError(cause: unknown, parent: string): StudioError {
  if (cause instanceof StudioError) return cause
  const error = toStudioError(cause)
  if (error.code === 'disk-full' || error.code === 'cancelled') return error
  const code = systemCode(cause)
  const reason = REASONS[code ?? ''] ?? (code ? `the system refused it (${code})` : error.message)
  return new StudioError('output-unwritable', `Nothing can be written to ${parent}: ${reason}.`, { cause })
}

/**
 * A hidden folder beside what is to be written, so that finished things only need a rename. Not mkdtemp: what is
 * delivered must be readable by whom the umask says, not by its maker only.
 */
async function makeHiddenFolder(parent: string): Promise<string> {
  const folder = join(parent, `.partial-${randomUUID()}`)
  await mkdir(folder)
  return folder
}

/** Makes the folder if need be and proves that it can be written to. @throws StudioError `output-unwritable`, `disk-full`. */
export async function prepareOutput(parent: string): Promise<void> {
  try {
    await makeFolder(parent)
    await access(parent, constants.W_OK)
    // access() says yes to root even on a read-only file system.
    await rm(await makeHiddenFolder(parent), { recursive: true })
  } catch (cause) {
    throw outputError(cause, parent)
  }
}

/**
 * Lets `work` write into a hidden folder below `parent` and move what is finished out of it; nothing else remains,
 * however it ends.
 * @throws StudioError `output-unwritable`, `disk-full`, and what `work` throws.
 */
export async function withStagingFolder<T>(parent: string, work: (staging: string) => Promise<T>): Promise<T> {
  await prepareOutput(parent)
  let staging: string | null = null
  try {
    staging = await makeHiddenFolder(parent)
    return await work(staging)
  } catch (cause) {
    throw outputError(cause, parent)
  } finally {
    if (staging) await rm(staging, { recursive: true, force: true })
  }
}

const MAX_SAME_NAMES = 10_000

/**
 * Moves a finished folder to the name it shall have, numbered where that is taken, and returns it. Its files are on the
 * drive before it has the name. rename() onto a folder that has something in it fails, which is what makes a free name
 * safe to take.
 */
export async function placeFolder(partial: string, wanted: string): Promise<string> {
  await syncFilesBelow(partial)
  for (let n = 1; n <= MAX_SAME_NAMES; n++) {
    const folder = n === 1 ? wanted : `${wanted}-${n}`
    try {
      await rename(partial, folder)
      return folder
    } catch (cause) {
      const code = systemCode(cause)
      if (code !== 'ENOTEMPTY' && code !== 'EEXIST' && code !== 'ENOTDIR' && code !== 'EPERM') throw cause
    }
  }
  throw new StudioError('output-unwritable', `There are too many folders named ${wanted} already.`)
}

/**
 * Writes a file that appears whole or not at all; returns the path that the rule gave it.
 * @throws StudioError `output-unwritable`, `disk-full`
 */
export async function writeWholeFile(path: string, content: string, collision: CollisionRule): Promise<string> {
  const wanted = resolve(path)
  return await withStagingFolder(dirname(wanted), async (staging) => {
    const staged = join(staging, 'file')
    await writeFile(staged, content)
    return (await placeFile(staged, wanted, collision, new TakenNames())) ?? wanted
  })
}
