import { readdir, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { ApiParts } from '../api-parts.ts'
import { emptyBin } from '../bin.ts'
import type { CallsIn, HandlersOf } from '../handlers.ts'

export function storageHandlers(parts: ApiParts): HandlersOf<CallsIn<'storage'>> {
  const { studio, media } = parts
  return {
    async 'storage.usage'() {
      const { dataFolder, artifacts, jobs, library } = studio
      const pictures = { count: 0, bytes: 0 }
      for await (const { bytes } of artifacts.list()) {
        pictures.count += 1
        pictures.bytes += bytes
      }
      const [disk, database, cache, inBin, photos] = await Promise.all([
        statfs(dataFolder),
        databaseBytes(dataFolder),
        media.usage(),
        jobs.counts({ removed: true }),
        library.photos({ subjectIds: null, bin: true })
      ])
      const binned = Object.values(inBin).reduce((sum, count) => sum + count, 0)
      return {
        folder: dataFolder,
        database,
        pictures,
        cache,
        free: disk.bavail * disk.bsize,
        bin: { jobs: binned, photos: photos.length }
      }
    },
    'storage.emptyBin': (_params, { signal }) => emptyBin(parts, new Date(), signal),
    'storage.clearCache': async () => ({ bytes: await media.clear() })
  }
}

/** The file of the embedded store with its log; none where a server keeps the jobs. */
async function databaseBytes(folder: string): Promise<number> {
  const names = (await readdir(folder)).filter((name) => name.startsWith('studio.db'))
  const sizes = await Promise.all(
    names.map(async (name) => (await stat(join(folder, name)).catch(() => null))?.size ?? 0)
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}
