import { dirname } from 'node:path'
import { z } from 'zod'
import { StudioError } from '../../../domain/errors.ts'
import { makeFolder } from '../../files/durable-files.ts'
import type { Identified } from '../collection.ts'
import type { Database } from '../database.ts'
import type { StartStoreWorker } from '../start-store-worker.ts'
import { EmbeddedCollection } from './embedded-collection.ts'
import { StoreThread } from './store-thread.ts'

/** Opens the SQLite file, and makes it if it is not there. @throws StudioError as `openDatabase`. */
export async function createEmbeddedDatabase(path: string, worker: StartStoreWorker): Promise<Database> {
  try {
    await makeFolder(dirname(path))
  } catch (cause) {
    throw new StudioError('store-unavailable', 'The folder of the store cannot be made.', { cause })
  }
  const thread = new StoreThread(worker, path)
  try {
    await thread.call({ method: 'open' }, z.null())
  } catch (thrown) {
    await thread.close()
    throw thrown
  }
  return {
    collection: <D extends Identified>(name: string) => new EmbeddedCollection<D>(thread, name),
    collections: () => thread.call({ method: 'collections' }, z.array(z.string())),
    now: async () => new Date(),
    close: () => thread.close()
  }
}
