import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readEnvFile } from './env-file.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'env-file-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function fileWith(content: string): Promise<string> {
  const path = join(folder, 'settings.env')
  await writeFile(path, content)
  return path
}

describe('readEnvFile', () => {
  it('reads names and values with quotes, comments, export and a byte order mark', async () => {
    const path = await fileWith('\uFEFFMAX_ATTEMPTS=5\r\n# a comment\n\nMODEL="a b" # why\nexport LOG_LEVEL=debug\n')
    expect(readEnvFile(path)).toEqual({ path, variables: { MAX_ATTEMPTS: '5', MODEL: 'a b', LOG_LEVEL: 'debug' } })
  })

  it('refuses a line that sets nothing, and does not show it', async () => {
    const path = await fileWith('VLLM_API_KEY s3cret\nMAX_ATTEMPTS=5\n')
    let refused: unknown
    try {
      readEnvFile(path)
    } catch (thrown) {
      refused = thrown
    }
    expect(refused).toMatchObject({ code: 'environment-invalid', message: expect.stringContaining(path) })
    expect(JSON.stringify(refused)).not.toContain('s3cret')
  })

  it('refuses a file that is named and not there', () => {
    const path = join(folder, 'missing.env')
    expect(() => readEnvFile(path)).toThrow(
      expect.objectContaining({ code: 'environment-invalid', message: expect.stringContaining(path) })
    )
  })

  it('needs no .env in the working folder', () => {
    expect(readEnvFile(null)).toBeNull()
  })
})
