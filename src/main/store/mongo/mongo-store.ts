import type { Store } from '../open-store.ts'
import type { ArtifactCacheLimits } from './artifact-cache.ts'
import { GridFsArtifactStore } from './grid-fs-artifact-store.ts'
import { connectMongo } from './mongo-connection.ts'
import { createMongoDatabase } from './mongo-database.ts'

/** @throws StudioError `option-invalid` for an address that is none, `store-unavailable`, `disk-full`. */
export async function openMongoStore(uri: string, cacheFolder: string, limits?: ArtifactCacheLimits): Promise<Store> {
  const connection = await connectMongo(uri)
  try {
    const database = createMongoDatabase(connection)
    return {
      database,
      artifacts: await GridFsArtifactStore.open(connection, cacheFolder, limits),
      description: `MongoDB at ${connection.where}`,
      isShared: true,
      close: () => database.close()
    }
  } catch (thrown) {
    await connection.close()
    throw thrown
  }
}
