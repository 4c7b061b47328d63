import { randomUUID } from 'node:crypto'
import { MongoClient } from 'mongodb'
import { afterAll } from 'vitest'
import { type TestDatabase, testDatabaseAt, testFolder } from '../../store/test-database.fixture.ts'
import { type MongoServer, startMongoServer } from './mongo-server.fixture.ts'

/** A server that suites run against. */
export interface MongoPlace {
  readonly name: string
  readonly uri: string
}

/** A server of the user's own, which suites then run against too; they use databases of their own there. */
const OWN = process.env.APEX_TEST_MONGO_URI

/**
 * The server for the tests of one file; ended after them. Null, and said why, where Java or Maven cannot be had; under
 * CI that is an error, for there it must run.
 */
export async function mongoServerOfFile(): Promise<MongoServer | null> {
  try {
    const server = await startMongoServer()
    afterAll(() => server.dispose())
    return server
  } catch (thrown) {
    if (process.env.CI) throw thrown
    console.log(`SKIPPED tests against mongo-java-server, which needs a Java 17 JDK and Maven: ${String(thrown)}`)
    return null
  }
}

/** The servers that a file's suites run against. */
export async function mongoPlacesOfFile(): Promise<MongoPlace[]> {
  const server = await mongoServerOfFile()
  return [
    ...(server ? [{ name: 'mongo-java-server', uri: server.uri }] : []),
    ...(OWN ? [{ name: 'the server of APEX_TEST_MONGO_URI', uri: OWN }] : [])
  ]
}

/** The address of a database of its own name at a server. */
export function databaseAt(server: string): string {
  const uri = new URL(server)
  uri.pathname = `/apex-test-${randomUUID()}`
  return uri.href
}

export async function dropDatabase(uri: string): Promise<void> {
  const client = new MongoClient(uri)
  await client.db().dropDatabase()
  await client.close()
}

/** Makes an empty database there for one test. */
export function mongoDatabaseMaker(server: string): () => Promise<TestDatabase> {
  return async () => {
    const uri = databaseAt(server)
    return testDatabaseAt({ uri, folder: await testFolder() }, () => dropDatabase(uri))
  }
}
