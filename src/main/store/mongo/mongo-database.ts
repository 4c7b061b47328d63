import type { Identified } from '../collection.ts'
import type { Database } from '../database.ts'
import { MongoCollection } from './mongo-collection.ts'
import { connectMongo, type MongoConnection } from './mongo-connection.ts'

/** The document collections of a MongoDB server. Closing them closes the connection. */
export function createMongoDatabase(connection: MongoConnection): Database {
  return {
    collection: <D extends Identified>(name: string) => new MongoCollection<D>(connection, name),
    now: () => connection.now(),
    close: () => connection.close()
  }
}

/** @throws StudioError `option-invalid` for an address that is none, `store-unavailable`. */
export async function openMongoDatabase(uri: string): Promise<Database> {
  return createMongoDatabase(await connectMongo(uri))
}
