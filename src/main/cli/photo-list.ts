import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { StudioError, toStudioError } from '../../domain/errors.ts'

/** Files systems leave in picture folders; naming one on the command line still tries it. */
const NOT_PHOTOS = /^(\..*|thumbs\.db|desktop\.ini|.*\.(xmp|txt|json|html?|md))$/i

/** The photos meant by a list of files and folders. Folders are read one level deep, in the order of their names. */
export async function listPhotos(paths: readonly string[]): Promise<string[]> {
  const photos: string[] = []
  for (const path of paths) {
    const facts = await factsOf(path)
    if (!facts.isDirectory()) {
      photos.push(path)
      continue
    }
    const entries = await readdir(path, { withFileTypes: true })
    const names = entries.filter((entry) => entry.isFile() && !NOT_PHOTOS.test(entry.name)).map((entry) => entry.name)
    if (names.length === 0) throw new StudioError('file-missing', `There is no photo in "${path}".`)
    const collator = new Intl.Collator('en', { numeric: true })
    photos.push(...names.sort(collator.compare).map((name) => join(path, name)))
  }
  return photos
}

/** @throws StudioError where there is no such file, or it is a folder. */
export async function requireFile(path: string): Promise<void> {
  const facts = await factsOf(path)
  if (!facts.isFile()) throw new StudioError('file-unreadable', `"${path}" is not a file.`, { hint: 'Name one file.' })
}

async function factsOf(path: string) {
  return await stat(path).catch((cause: unknown) => {
    const error = toStudioError(cause)
    throw new StudioError(error.code, `"${path}" cannot be opened.`, { cause })
  })
}
