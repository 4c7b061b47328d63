import { join } from 'node:path'
import type { Collection, Identified } from './collection.ts'
import { createEmbeddedDatabase } from './embedded/embedded-database.ts'
import type { StartStoreWorker } from './start-store-worker.ts'

/** A database of document collections. */
export interface Database {
  collection<D extends Identified>(name: string): Collection<D>
  /** The names of those that hold documents, or once did. */
  collections(): Promise<string[]>
  /** The store's own clock, which `$currentDate` writes. */
  now(): Promise<Date>
  /** Waits for what is under way. */
  close(): Promise<void>
}

export interface DatabaseOptions {
  /** Names a MongoDB server; unset, the store is embedded. */
  readonly uri?: string | undefined
  /** Folder of the embedded store; made if it is not there. */
  readonly folder: string
  /** The thread of the embedded store. */
  readonly worker: StartStoreWorker
}

const FILE = 'studio.db'

/**
 * Opens the store and makes sure that it can be read.
 * @throws StudioError `option-invalid`, `store-unavailable`, `store-damaged`, `store-too-new`, `store-locked`, `disk-full`.
 */
export async function openDatabase({ uri, folder, worker }: DatabaseOptions): Promise<Database> {
  if (uri === undefined || uri === '') return createEmbeddedDatabase(join(folder, FILE), worker)
  // Loaded only where it is used: the driver is large.
  const { openMongoDatabase } = await import('./mongo/mongo-database.ts')
  return openMongoDatabase(uri)
}
