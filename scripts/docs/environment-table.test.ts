import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { readEnvFile } from '../../src/main/environment/env-file.ts'
import { VARIABLE_NAMES } from '../../src/main/environment/variables.ts'
import { exampleFile, withEnvironmentTables } from './environment-table.ts'
import { EXAMPLE, OPERATIONS } from './files.ts'

it('finds in the documentation what the code says; if not, run: npm run docs', async () => {
  const document = await readFile(OPERATIONS, 'utf8')
  expect(document).toBe(withEnvironmentTables(document))
  for (const name of VARIABLE_NAMES) expect(document).toContain(`\`${name}\``)
  expect(() => withEnvironmentTables('no marks')).toThrow('marks')
})

it('finds an example file that can be read and sets nothing but an empty password', async () => {
  expect(await readFile(EXAMPLE, 'utf8')).toBe(exampleFile())
  expect(readEnvFile(EXAMPLE)?.variables).toEqual({ MONGO_PASSWORD: '' })
})
