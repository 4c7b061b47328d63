import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fileChunks } from './file-chunks.ts'

describe('chunks of a file', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'apex-chunks-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  async function digestOf(path: string): Promise<string> {
    const hash = createHash('sha256')
    for await (const chunk of fileChunks(path)) hash.update(chunk)
    return hash.digest('hex')
  }
  const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

  it.each([0, 1, 1 << 20, (1 << 20) + 1, 3_000_001])('are all of %i bytes', async (length) => {
    const bytes = randomBytes(length)
    await writeFile(join(folder, 'file'), bytes)
    expect(await digestOf(join(folder, 'file'))).toBe(hashOf(bytes))
  })

  it.runIf(process.platform === 'linux')('are all there where no size is told', async () => {
    expect((await stat('/proc/version')).size).toBe(0)
    expect(await digestOf('/proc/version')).toBe(hashOf(await readFile('/proc/version')))
  })
})
