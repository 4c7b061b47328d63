import Sqlite from 'libsql'
import { StudioError } from '../../../domain/errors.ts'
import { upgradeFromFormat1 } from './format-upgrade.ts'
import type { SqlValue } from './sql-value.ts'
import { storeError } from './sqlite-errors.ts'

/** 'APEX' in ASCII: tells our files from other SQLite files (https://www.sqlite.org/pragma.html#pragma_application_id). */
const APPLICATION_ID = 0x41504558
/** Counts incompatible changes of how documents are kept; what is in the documents has `schemaVersion`. */
const FORMAT = 2
/** How long a write waits for another process. Writes take milliseconds, so this is a sign of something hung. */
const BUSY_TIMEOUT_MS = 10_000
/** Milliseconds between tries to change the mode of a file that another process is changing. */
const MODE_RETRY_MS = 5
/** Statements kept prepared; filters have few shapes. */
const MAX_STATEMENTS = 200

type Row = readonly unknown[]

/**
 * One connection in WAL mode that waits for the disk at every commit (`synchronous=FULL`). Reads always run to their
 * end: a libsql statement that is left before its last row keeps its snapshot, and the next write then fails.
 */
export class SqliteConnection {
  readonly #database: Sqlite.Database
  readonly #statements = new Map<string, Sqlite.Statement<unknown[]>>()

  /** @throws StudioError `store-damaged`, `store-too-new`, `store-unavailable`, `store-locked`, `disk-full`. */
  constructor(path: string, busyTimeoutMs = BUSY_TIMEOUT_MS) {
    try {
      this.#database = new Sqlite(path, { timeout: busyTimeoutMs })
    } catch (thrown) {
      throw storeError(thrown)
    }
    try {
      this.#prepareFile(busyTimeoutMs)
    } catch (thrown) {
      this.#database.close()
      throw thrown
    }
  }

  #prepareFile(busyTimeoutMs: number): void {
    this.#checkFormat()
    this.#writeAhead(busyTimeoutMs)
    this.define('PRAGMA synchronous = FULL')
    if (this.#checkFormat() === FORMAT) return
    this.write(() => {
      if (this.#checkFormat() === 1) upgradeFromFormat1(this)
      this.define(`PRAGMA application_id = ${APPLICATION_ID}`)
      this.define(`PRAGMA user_version = ${FORMAT}`)
    })
  }

  /** SQLite does not wait where two processes change the mode of a new file at once: one is refused at once. */
  #writeAhead(busyTimeoutMs: number): void {
    const until = performance.now() + busyTimeoutMs
    for (;;) {
      try {
        this.define('PRAGMA journal_mode = WAL')
        return
      } catch (thrown) {
        const isLocked = thrown instanceof StudioError && thrown.code === 'store-locked'
        if (!isLocked || performance.now() > until) throw thrown
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, MODE_RETRY_MS)
      }
    }
  }

  /** Changes with every change of tables and indexes, whoever makes it. */
  schemaVersion(): unknown {
    return this.#pragma('schema_version')
  }

  /** The format of the file; 0 of a new one. */
  #checkFormat(): number {
    const id = this.#pragma('application_id')
    const format = this.#pragma('user_version')
    const tables = this.rows('SELECT count(*) FROM sqlite_schema')[0]?.[0]
    if (id === 0 && format === 0 && tables === 0) return 0
    if (id !== APPLICATION_ID) throw new StudioError('store-damaged', 'The file of the store is of another program.')
    if (typeof format !== 'number' || format > FORMAT) {
      throw new StudioError('store-too-new', `The store has format ${String(format)}; this studio knows ${FORMAT}.`)
    }
    return format
  }

  #pragma(name: string): unknown {
    return this.rows(`PRAGMA ${name}`)[0]?.[0]
  }

  /** Every row of a query. Parameters go as one array: libsql takes a blob that stands alone for named ones, and aborts. */
  rows(sql: string, parameters: readonly SqlValue[] = []): readonly Row[] {
    try {
      return this.#statement(sql)
        .raw()
        .all(parameters)
        .map((row) => {
          if (!Array.isArray(row)) throw new StudioError('internal', 'The database answered in an unknown form.')
          return row
        })
    } catch (thrown) {
      throw storeError(thrown)
    }
  }

  run(sql: string, parameters: readonly (SqlValue | null)[] = []): void {
    try {
      this.#statement(sql).run(parameters)
    } catch (thrown) {
      throw storeError(thrown)
    }
  }

  #statement(sql: string): Sqlite.Statement<unknown[]> {
    const known = this.#statements.get(sql)
    if (known) return known
    if (this.#statements.size >= MAX_STATEMENTS) this.#statements.clear()
    const statement = this.#database.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }

  /** Definitions of tables and indexes, settings, and what else has neither parameters nor rows. */
  define(sql: string): void {
    try {
      this.#database.exec(sql)
    } catch (thrown) {
      throw storeError(thrown)
    }
  }

  /** One snapshot for everything read in `work`. */
  read<T>(work: () => T): T {
    return this.#transaction('BEGIN', work)
  }

  /** `work` is alone in writing, from its first read to the commit, which is on the disk when this returns. */
  write<T>(work: () => T): T {
    return this.#transaction('BEGIN IMMEDIATE', work)
  }

  /**
   * Several pieces of work with one wait for the disk. One that fails is undone alone; when the commit fails, or SQLite
   * itself has undone everything (https://www.sqlite.org/lang_transaction.html#response_to_errors_within_a_transaction),
   * this throws and none of them has happened.
   */
  group<T>(works: readonly (() => T)[]): PromiseSettledResult<T>[] {
    return this.write(() => works.map((work) => this.#alone(work)))
  }

  #alone<T>(work: () => T): PromiseSettledResult<T> {
    this.define('SAVEPOINT alone')
    try {
      const value = work()
      this.define('RELEASE alone')
      return { status: 'fulfilled', value }
    } catch (reason) {
      if (!this.#database.inTransaction) throw reason
      this.define('ROLLBACK TO alone')
      this.define('RELEASE alone')
      return { status: 'rejected', reason }
    }
  }

  /** Inside another transaction it is part of that one. */
  #transaction<T>(begin: string, work: () => T): T {
    if (this.#database.inTransaction) return work()
    this.define(begin)
    try {
      const result = work()
      this.define('COMMIT')
      return result
    } catch (thrown) {
      if (this.#database.inTransaction) this.define('ROLLBACK')
      throw thrown
    }
  }

  close(): void {
    this.#statements.clear()
    this.#database.close()
  }
}
