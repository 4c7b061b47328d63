import { randomBytes } from 'node:crypto'
import {
  link,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { artifactStoreContract } from '../artifact-store.contract.ts'
import { FileArtifactStore } from './file-artifact-store.ts'

const makeFolder = () => mkdtemp(join(tmpdir(), 'apex-artifacts-'))

/** Long enough for a file system to tell two writes apart by their time. */
const later = () => new Promise((resolve) => setTimeout(resolve, 20))

/** Gives the file a time that every file system can keep exactly. */
async function dated(path: string) {
  const time = new Date('2026-01-31T12:00:00.000Z')
  await utimes(path, time, time)
  return await stat(path)
}

describe('artifacts as files', () => {
  artifactStoreContract(async () => {
    const folder = await makeFolder()
    return { store: await FileArtifactStore.open(folder), dispose: () => rm(folder, { recursive: true }) }
  })
})

describe('files of artifacts', () => {
  let folder: string
  let store: FileArtifactStore
  beforeEach(async () => {
    folder = await makeFolder()
    store = await FileArtifactStore.open(folder)
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('lie in folders by the first digits of their hash', async () => {
    const { id } = await store.put(randomBytes(10))
    expect(await store.localPath(id)).toBe(join(folder, id.slice(0, 2), id))
    expect(await readdir(join(folder, 'incoming'))).toEqual([])
  })

  it('that were changed are found out at once, and by the next process, not handed on', async () => {
    const { id } = await store.put(Buffer.from('the real picture'))
    const path = await store.localPath(id)
    await later()
    await writeFile(path, 'another picture!')
    await expect(store.localPath(id)).rejects.toMatchObject({ code: 'artifact-damaged' })
    const restarted = await FileArtifactStore.open(folder)
    await expect(restarted.localPath(id)).rejects.toMatchObject({ code: 'artifact-damaged' })
    await expect(restarted.useLocal(id, async () => 'made of it')).rejects.toMatchObject({ code: 'artifact-damaged' })
  })

  it('that were exchanged for others are found out, whatever time the others bear', async () => {
    const { id } = await store.put(Buffer.from('the real picture'))
    const path = await store.localPath(id)
    const { atime, mtime } = await dated(path)
    await store.localPath(id)
    await writeFile(join(folder, 'other'), 'another picture!')
    await utimes(join(folder, 'other'), atime, mtime)
    await rename(join(folder, 'other'), path)
    await expect(store.localPath(id)).rejects.toMatchObject({ code: 'artifact-damaged' })
  })

  it('that were cut short are made whole by the next put', async () => {
    const bytes = randomBytes(5_000)
    const { id } = await store.put(bytes)
    await truncate(join(folder, id.slice(0, 2), id), 100)
    await store.put(bytes)
    expect((await readFile(await store.localPath(id))).equals(bytes)).toBe(true)
  })

  it('that were damaged without a change of size are made whole by the next put, also by another process', async () => {
    const { id } = await store.put(Buffer.from('the real picture'))
    const path = await store.localPath(id)
    await later()
    await writeFile(path, 'another picture!')
    await store.put(Buffer.from('the real picture'))
    expect(await readFile(await store.localPath(id), 'utf8')).toBe('the real picture')
    await writeFile(path, 'another picture!')
    await (await FileArtifactStore.open(folder)).put(Buffer.from('the real picture'))
    expect(await readFile(path, 'utf8')).toBe('the real picture')
  })

  it('are hashed again only when they look changed', async () => {
    const { id } = await store.put(Buffer.from('hashed'))
    const path = await store.localPath(id)
    const { atime, mtime } = await dated(path)
    expect(await store.localPath(id)).toBe(path)
    // Nobody but a reader of the bytes could see this.
    await writeFile(path, 'HASHED')
    await utimes(path, atime, mtime)
    expect(await store.localPath(id)).toBe(path)
    await rm(path)
    await expect(store.localPath(id)).rejects.toMatchObject({ code: 'artifact-missing' })
  })

  describe('given away', () => {
    const bytes = randomBytes(1_000)
    let path: string
    beforeEach(async () => {
      path = join(folder, 'made.png')
      await writeFile(path, bytes)
    })
    const there = () =>
      stat(path).then(
        () => true,
        () => false
      )

    it('are moved', async () => {
      const { ino } = await stat(path)
      const { id } = await store.takeFile(path)
      expect((await stat(await store.localPath(id))).ino).toBe(ino)
      expect(await there()).toBe(false)
    })

    it('are not left behind where the store has them', async () => {
      await store.put(bytes)
      const { id } = await store.takeFile(path)
      expect((await readFile(await store.localPath(id))).equals(bytes)).toBe(true)
      expect(await there()).toBe(false)
    })

    it.skipIf(process.platform === 'win32')('are copied where they have another name too', async () => {
      await link(path, join(folder, 'other name'))
      const { id } = await store.takeFile(path)
      await writeFile(path, 'written to afterwards')
      expect((await readFile(await store.localPath(id))).equals(bytes)).toBe(true)
    })

    it.skipIf(process.platform === 'win32')('are copied from where a link leads', async () => {
      const at = join(folder, 'link')
      await symlink(path, at)
      const { id } = await store.takeFile(at)
      expect((await readFile(await store.localPath(id))).equals(bytes)).toBe(true)
      expect(await there()).toBe(true)
    })

    it.runIf(process.platform === 'linux')('are copied from another file system', async () => {
      const other = await mkdtemp('/dev/shm/apex-artifacts-')
      const far = join(other, 'made.png')
      await writeFile(far, bytes)
      const { id } = await store.takeFile(far)
      await rm(other, { recursive: true })
      expect((await readFile(await store.localPath(id))).equals(bytes)).toBe(true)
    })
  })

  it('of other names are no artifacts', async () => {
    const { id } = await store.put(randomBytes(10))
    await writeFile(join(folder, id.slice(0, 2), 'notes.txt'), 'x')
    await writeFile(join(folder, 'README'), 'x')
    const ids: string[] = []
    for await (const each of store.list()) ids.push(each.id)
    expect(ids).toEqual([id])
  })

  it('cannot be kept where a file is in the way', async () => {
    await writeFile(join(folder, 'blocked'), '')
    await expect(FileArtifactStore.open(join(folder, 'blocked', 'artifacts'))).rejects.toMatchObject({
      code: 'store-unavailable'
    })
  })
})
