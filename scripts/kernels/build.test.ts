import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { KERNELS_MODULE, kernelsModule } from './compile.ts'

it('what the engine loads is what kernels/ compiles to', async () => {
  expect(await readFile(fileURLToPath(KERNELS_MODULE), 'utf8')).toBe(await kernelsModule())
})
