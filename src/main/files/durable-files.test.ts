import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CAN_MOUNT, inMountedFolder } from '../testing/mounted-folder.fixture.ts'
import { makeFolder } from './durable-files.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'durable-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe('makeFolder', () => {
  it('makes a folder with its parents, also twice at once, and leaves one that is there', async () => {
    const deep = join(folder, 'a', 'b', 'c')
    await Promise.all([makeFolder(deep), makeFolder(deep)])
    await makeFolder(deep)
    expect((await stat(deep)).isDirectory()).toBe(true)
  })

  it('fails where a file is in the way', async () => {
    const file = join(folder, 'file')
    await writeFile(file, 'x')
    await expect(makeFolder(file)).rejects.toMatchObject({ code: 'EEXIST' })
    await expect(makeFolder(join(file, 'below'))).rejects.toMatchObject({ code: 'EEXIST' })
  })

  it.skipIf(process.platform !== 'linux')(
    'fails on a file system that makes no folders, rather than try for ever',
    async () => {
      await expect(makeFolder('/proc/apex-studio/portraits')).rejects.toMatchObject({ code: 'ENOENT' })
    }
  )

  it.skipIf(!CAN_MOUNT)('says of a drive that is read-only what it is', async () => {
    await inMountedFolder('ro', async (drive) => {
      await expect(makeFolder(join(drive, 'a', 'b'))).rejects.toMatchObject({ code: 'EROFS' })
    })
  })
})
