import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { StudioError, toStudioError } from '../../domain/errors.ts'

/** Files systems leave in picture folders; naming one on the command line still tries it. */
const NOT_PHOTOS = /^(\..*|thumbs\.db|desktop\.ini|.*\.(xmp|txt|json|html?|md))$/i

export interface ListedPhotos {
  readonly photos: readonly string[]
  /** What was named and cannot be read: no reason to leave the others. */
  readonly refused: readonly { readonly path: string; readonly error: StudioError }[]
}

/** The photos meant by a list of files and folders. Folders are read one level deep, in the order of their names. */
export async function listPhotos(paths: readonly string[]): Promise<ListedPhotos> {
  const photos: string[] = []
  const refused: { path: string; error: StudioError }[] = []
  for (const path of paths) {
    try {
      photos.push(...((await factsOf(path)).isDirectory() ? await photosIn(path) : [path]))
    } catch (thrown) {
      refused.push({ path, error: toStudioError(thrown) })
    }
  }
  return { photos, refused }
}

async function photosIn(folder: string): Promise<string[]> {
  const names: string[] = []
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (NOT_PHOTOS.test(entry.name)) continue
    // A link to a photo stands for it; one that leads nowhere is tried, so that it is told of.
    const isFolder = entry.isSymbolicLink() ? await leadsToFolder(join(folder, entry.name)) : !entry.isFile()
    if (!isFolder) names.push(entry.name)
  }
  if (names.length === 0) throw new StudioError('file-missing', `There is no photo in "${folder}".`)
  const collator = new Intl.Collator('en', { numeric: true })
  return names.sort(collator.compare).map((name) => join(folder, name))
}

async function leadsToFolder(link: string): Promise<boolean> {
  return await stat(link).then(
    (facts) => !facts.isFile(),
    () => false
  )
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
