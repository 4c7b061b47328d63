import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeSmallFile } from './small-file.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'small-file-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe('writeSmallFile', () => {
  it('replaces what was there', async () => {
    const path = join(folder, 'state.json')
    writeSmallFile(path, 'long before')
    writeSmallFile(path, 'now')
    expect(await readFile(path, 'utf8')).toBe('now')
    expect(await readdir(folder)).toEqual(['state.json'])
  })

  it('leaves nothing behind where it fails', async () => {
    const path = join(folder, 'state.json')
    await mkdir(path)
    expect(() => writeSmallFile(path, 'now')).toThrow()
    expect(await readdir(folder)).toEqual(['state.json'])
  })
})
