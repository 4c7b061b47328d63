import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Database, type DatabaseOptions, openDatabase } from './database.ts'
import { storeWorkerOf } from './start-store-worker.ts'

/** Says where a database is; a process of its own can open it by these too. */
export type DatabasePlace = Pick<DatabaseOptions, 'uri' | 'folder'>

/** An empty database for one test, and as many connections to it as the test wants. */
export interface TestDatabase {
  readonly place: DatabasePlace
  connect(): Promise<Database>
  /** Closes every connection and removes the database. */
  dispose(): Promise<void>
}

/** Opens a place with the worker thread run from source, which is how tests, their child processes and benchmarks do. */
export function openFromSource(place: DatabasePlace): Promise<Database> {
  return openDatabase({ ...place, worker: storeWorkerOf(new URL('../cli.ts', import.meta.url).href) })
}

export async function makeEmbeddedDatabase(): Promise<TestDatabase> {
  return testDatabaseAt({ folder: await testFolder() })
}

/** A folder for one test's store. */
export async function testFolder(): Promise<string> {
  return await mkdtemp(join(tmpdir(), 'apex-store-'))
}

/** @param drop removes what lies elsewhere than in the folder */
export function testDatabaseAt(
  place: DatabasePlace & { readonly folder: string },
  drop: () => Promise<void> = async () => undefined
): TestDatabase {
  const connections: Database[] = []
  return {
    place,
    async connect() {
      const database = await openFromSource(place)
      connections.push(database)
      return database
    },
    async dispose() {
      await Promise.all(connections.map((database) => database.close()))
      await drop()
      await rm(place.folder, { recursive: true })
    }
  }
}
