import { join } from 'node:path'
import type { ArtifactStore } from './artifact-store.ts'
import { FileArtifactStore } from './artifacts/file-artifact-store.ts'
import { type Database, type DatabaseOptions, openDatabase } from './database.ts'

/** Documents and pictures, wherever they are kept. */
export interface Store {
  readonly database: Database
  readonly artifacts: ArtifactStore
  /** Where they are, in words and without secrets. */
  readonly description: string
  /** True where workers on other machines may use it too. */
  readonly isShared: boolean
  close(): Promise<void>
}

export interface StoreOptions extends DatabaseOptions {
  /** Where copies of a server's pictures lie; left out, in the folder. */
  readonly cacheFolder?: string | undefined
}

/** Opens the store that the options name. @throws StudioError as `openDatabase`. */
export async function openStore({ uri, folder, worker, cacheFolder }: StoreOptions): Promise<Store> {
  if (uri !== undefined && uri !== '') {
    // Loaded only where it is used: the driver is large.
    const { openMongoStore } = await import('./mongo/mongo-store.ts')
    return await openMongoStore(uri, cacheFolder ?? join(folder, 'artifact-cache'))
  }
  const database = await openDatabase({ folder, worker })
  return {
    database,
    artifacts: await FileArtifactStore.open(join(folder, 'artifacts')),
    description: `embedded, in ${folder}`,
    isShared: false,
    close: () => database.close()
  }
}
