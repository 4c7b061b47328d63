import { readFile, writeFile } from 'node:fs/promises'
import { exampleFile, withEnvironmentTables } from './environment-table.ts'
import { EXAMPLE, OPERATIONS } from './files.ts'

/** Writes what the documentation takes from the code. */
await writeFile(OPERATIONS, withEnvironmentTables(await readFile(OPERATIONS, 'utf8')))
await writeFile(EXAMPLE, exampleFile())
