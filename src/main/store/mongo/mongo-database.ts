import type { Identified } from '../collection.ts'
import type { Database } from '../database.ts'
import { MongoCollection } from './mongo-collection.ts'
import { connectMongo, type MongoConnection } from './mongo-connection.ts'

/** The document collections of a MongoDB server. Closing them closes the connection. */
export function createMongoDatabase(connection: MongoConnection): Database {
  return {
    collection: <D extends Identified>(name: string) => new MongoCollection<D>(connection, name),
    collections: () => collectionNames(connection),
    now: () => connection.now(),
    close: () => connection.close()
  }
}

/** Those of the studio have plain names; those of GridFS and of the server itself have not. */
async function collectionNames({ db, run }: MongoConnection): Promise<string[]> {
  const listed = await run(() => db.listCollections({}, { nameOnly: true }).toArray())
  return listed.map(({ name }) => name).filter((name) => /^[a-z]+$/.test(name))
}

/** @throws StudioError `option-invalid` for an address that is none, `store-unavailable`. */
export async function openMongoDatabase(uri: string): Promise<Database> {
  return createMongoDatabase(await connectMongo(uri))
}
