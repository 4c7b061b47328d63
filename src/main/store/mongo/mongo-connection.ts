import { type Db, MongoClient, MongoNetworkError } from 'mongodb'
import { z } from 'zod'
import { StudioError } from '../../../domain/errors.ts'
import { mongoError } from './mongo-errors.ts'

/** Where MONGO_URI names no database. */
const DATABASE = 'apex-portrait-studio'
/** Milliseconds that a call waits for a server to be there, unless the URI says otherwise: long enough for an election. */
const SELECTION_MS = 10_000

/** A MongoDB server, or a replica set of them, as the stores use it. */
export interface MongoConnection {
  readonly db: Db
  /** The server's addresses and the database: no user, no password. */
  readonly where: string
  /** What `work` gives. @throws StudioError whatever the driver raises, in our terms. */
  run<T>(work: () => Promise<T>): Promise<T>
  /** What the driver raised, in our terms. */
  error(thrown: unknown): StudioError
  /** The server's own clock. */
  now(): Promise<Date>
  close(): Promise<void>
}

const timeSchema = z.object({ localTime: z.date() })

/**
 * Connects, and asks the server once. A write counts when most members of a replica set have it on the disk, and on a
 * standalone server when that one has; whatever else the URI says is the user's.
 * @throws StudioError `option-invalid` for a URI that is none, `store-unavailable`.
 */
export async function connectMongo(uri: string): Promise<MongoConnection> {
  const client = clientOf(uri)
  const { hosts, srvHost } = client.options
  const addresses = srvHost ?? hosts.map(String).join(', ')
  const db = client.db(client.options.dbName === 'test' && !/\/test(\?|$)/.test(uri) ? DATABASE : undefined)
  const where = `${addresses}/${db.databaseName}`
  const error = (thrown: unknown) => mongoError(thrown, where)
  let asksHello = true
  const run = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (thrown) {
      throw error(thrown)
    }
  }
  const now = async () => {
    // `hello` came with 4.4.2, and the tests' server does not have it.
    const hello = asksHello ? await db.command({ hello: 1 }).catch(refusesHello) : null
    asksHello = hello !== null
    return timeSchema.parse(hello ?? (await db.command({ isMaster: 1 }))).localTime
  }
  // Asked once more, as the driver does by itself with whatever else only reads.
  const again = (thrown: unknown) => (thrown instanceof MongoNetworkError ? now() : Promise.reject(thrown))
  const connection: MongoConnection = {
    db,
    where,
    run,
    error,
    now: () => run(() => now().catch(again)),
    close: () => client.close()
  }
  try {
    await run(() => client.connect())
    await connection.now()
  } catch (thrown) {
    await client.close()
    throw thrown
  }
  return connection
}

const COMMAND_NOT_FOUND = 59

function refusesHello(thrown: unknown): null {
  if (thrown instanceof Error && 'code' in thrown && thrown.code === COMMAND_NOT_FOUND) return null
  throw thrown
}

function clientOf(uri: string): MongoClient {
  try {
    return new MongoClient(uri, {
      appName: 'APEX Portrait Studio',
      ignoreUndefined: true,
      ...(/[?&]serverSelectionTimeoutMS=/i.test(uri) ? {} : { serverSelectionTimeoutMS: SELECTION_MS }),
      ...(/[?&](w|journal)=/i.test(uri) ? {} : { writeConcern: { w: 'majority', journal: true } })
    })
  } catch (cause) {
    // The cause may repeat the address, and with it the password.
    const reason = cause instanceof Error ? cause.name : 'Error'
    throw new StudioError('option-invalid', `MONGO_URI is not the address of a MongoDB server (${reason}).`, {
      hint: 'It looks like mongodb://user:password@host:27017/studio. Unset, the studio keeps its jobs in its own data folder.'
    })
  }
}
