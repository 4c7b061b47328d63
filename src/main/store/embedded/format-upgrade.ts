import type { SqliteConnection } from './sqlite-connection.ts'

/**
 * Format 1 had SQLite itself compute what is indexed, by generated columns and triggers. All of that is taken away: it
 * follows from the documents, and whoever opens a collection makes the indexes it needs. Part of a transaction.
 */
export function upgradeFromFormat1(connection: SqliteConnection): void {
  const names = (sql: string, name?: string) =>
    connection.rows(sql, name === undefined ? [] : [name]).map(([found]) => String(found))
  const derived = (type: string) =>
    names(`SELECT name FROM sqlite_schema WHERE type = '${type}' AND name LIKE '%:%' AND sql IS NOT NULL`)
  for (const trigger of derived('trigger')) connection.define(`DROP TRIGGER "${trigger}"`)
  for (const index of derived('index')) connection.define(`DROP INDEX "${index}"`)
  for (const elements of derived('table')) connection.define(`DROP TABLE "${elements}"`)
  for (const table of names(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)) {
    const columns = names(`SELECT name FROM pragma_table_xinfo(?) WHERE name LIKE '$.%'`, table)
    for (const column of columns) connection.define(`ALTER TABLE "${table}" DROP COLUMN "${column}"`)
  }
}
