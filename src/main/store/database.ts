import { join } from 'node:path'
import { StudioError } from '../../domain/errors.ts'
import type { Collection, Identified } from './collection.ts'
import { createEmbeddedDatabase } from './embedded/embedded-database.ts'

/** A database of document collections. */
export interface Database {
  collection<D extends Identified>(name: string): Collection<D>
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
  /** Where the embedded store's thread starts, see `storeWorkerEntry`. */
  readonly worker: URL
}

const FILE = 'studio.db'

/**
 * Opens the store and makes sure that it can be read.
 * @throws StudioError `store-unavailable`, `store-damaged`, `store-too-new`, `store-locked`, `disk-full`.
 */
export async function openDatabase({ uri, folder, worker }: DatabaseOptions): Promise<Database> {
  if (uri !== undefined && uri !== '') {
    throw new StudioError('store-unavailable', 'This build cannot use a MongoDB server yet.', {
      hint: 'Unset MONGO_URI: the studio then keeps its jobs in its own data folder.'
    })
  }
  return createEmbeddedDatabase(join(folder, FILE), worker)
}
