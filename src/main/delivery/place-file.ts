import { link, lstat, open, rename, rm, unlink } from 'node:fs/promises'
import { dirname, join, parse } from 'node:path'
import type { CollisionRule } from '../../domain/delivery/export-preset.ts'
import { StudioError } from '../../domain/errors.ts'
import { makeFolder, syncFile } from '../files/durable-files.ts'

const MAX_SAME_NAMES = 100_000

/** Names that mean the same file on some system: macOS and Windows heed neither case nor how accents are composed. */
const folded = (path: string) => path.normalize('NFC').toLowerCase()

/** The names one export has written so far, so that two of its own pictures never replace each other. */
export class TakenNames {
  readonly #paths = new Set<string>()

  has(path: string): boolean {
    return this.#paths.has(folded(path))
  }

  add(path: string): void {
    this.#paths.add(folded(path))
  }
}

export async function exists(path: string): Promise<boolean> {
  return await lstat(path).then(
    () => true,
    () => false
  )
}

/** The first of `wanted` and its numbered names that this export has not used and that is free; it is used from now on. */
export async function freePath(
  wanted: string,
  taken: TakenNames,
  isFree: (path: string) => Promise<boolean>
): Promise<string> {
  for (let n = 1; ; n++) {
    const path = numberedPath(wanted, n)
    if (taken.has(path) || !(await isFree(path))) continue
    taken.add(path)
    return path
  }
}

/** `wanted` for n = 1, else with the number before the extension: portrait-2.jpg. */
function numberedPath(wanted: string, n: number): string {
  if (n === 1) return wanted
  const { dir, name, ext } = parse(wanted)
  return join(dir, `${name}-${n}${ext}`)
}

/**
 * Moves a finished file to the name it shall have, in one step and after its bytes are on the drive: no reader ever sees
 * a part of it, nor does anybody after a power cut. Both must lie in one file system.
 *
 * @returns the path it has now; null where it was left out, and is removed
 * @throws StudioError `output-unwritable`, and the system's own errors
 */
export async function placeFile(
  finished: string,
  wanted: string,
  rule: CollisionRule,
  taken: TakenNames
): Promise<string | null> {
  await makeFolder(dirname(wanted))
  await syncFile(finished)
  for (let n = 1; n <= MAX_SAME_NAMES; n++) {
    const path = numberedPath(wanted, n)
    if (taken.has(path)) continue
    if (rule === 'replace') {
      await rename(finished, path)
    } else if (!(await moveUnlessTaken(finished, path))) {
      if (rule === 'number') continue
      await rm(finished)
      return null
    }
    taken.add(path)
    return path
  }
  throw new StudioError('output-unwritable', `There are too many files named ${wanted} already.`)
}

/** File systems without hard links: FAT, exFAT, some network drives. */
const NO_LINKS: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EACCES'])

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
}

/** Rename would replace what is there; a hard link refuses to. */
async function moveUnlessTaken(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    await unlink(from)
    return true
  } catch (thrown) {
    if (codeOf(thrown) === 'EEXIST') return false
    if (!NO_LINKS.has(codeOf(thrown))) throw thrown
    return await renameOntoReservation(from, to)
  }
}

async function renameOntoReservation(from: string, to: string): Promise<boolean> {
  try {
    await (await open(to, 'wx')).close()
  } catch (thrown) {
    if (codeOf(thrown) === 'EEXIST') return false
    throw thrown
  }
  try {
    await rename(from, to)
    return true
  } catch (thrown) {
    await rm(to, { force: true })
    throw thrown
  }
}
