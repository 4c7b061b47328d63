import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { isNoPhoto } from '../../../contract/studio/file-kinds.ts'
import type { PhotoSource, RejectedPhoto } from '../../../contract/studio/photo-calls.ts'
import { serializeError } from '../../../domain/errors.ts'

/** Every photo that is meant, folders walked in the order of their names; what cannot be opened is refused by itself. */
export async function expandSources(
  sources: readonly PhotoSource[]
): Promise<{ readonly photos: PhotoSource[]; readonly rejected: RejectedPhoto[] }> {
  const photos: PhotoSource[] = []
  const rejected: RejectedPhoto[] = []

  async function walk(path: string): Promise<void> {
    try {
      const facts = await stat(path)
      if (!facts.isDirectory()) {
        photos.push({ kind: 'path', path })
        return
      }
      const names = (await readdir(path)).filter((name) => !isNoPhoto(name))
      for (const name of names.sort(new Intl.Collator(undefined, { numeric: true }).compare))
        await walk(join(path, name))
    } catch (thrown) {
      rejected.push({ name: basename(path), path, error: serializeError(thrown) })
    }
  }

  for (const source of sources) {
    if (source.kind === 'bytes') photos.push(source)
    else await walk(source.path)
  }
  return { photos, rejected }
}
