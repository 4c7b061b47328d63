import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listPhotos } from './photo-list.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'photo-list-'))
})
afterEach(() => rm(folder, { recursive: true }))

const names = async (path: string) => (await listPhotos([path])).photos.map((photo) => basename(photo))

describe('listPhotos', () => {
  it('reads a folder one level deep, numbers in human order, without what systems leave there', async () => {
    for (const name of ['p10.jpg', 'p2.jpg', 'P1.JPG', '.DS_Store', 'Thumbs.db', 'p2.xmp', 'notes.txt']) {
      await writeFile(join(folder, name), 'x')
    }
    await mkdir(join(folder, 'deeper'))
    await writeFile(join(folder, 'deeper', 'p3.jpg'), 'x')
    expect(await names(folder)).toEqual(['P1.JPG', 'p2.jpg', 'p10.jpg'])
  })

  it('takes a file that is named as it is, even one that does not look like a photo', async () => {
    await writeFile(join(folder, 'notes.txt'), 'x')
    expect(await names(join(folder, 'notes.txt'))).toEqual(['notes.txt'])
  })

  it('follows links to photos, not to folders, and tries those that lead nowhere', async () => {
    await writeFile(join(folder, 'a.jpg'), 'x')
    await symlink(join(folder, 'a.jpg'), join(folder, 'b.jpg'))
    await symlink(join(folder, 'gone.jpg'), join(folder, 'c.jpg'))
    await symlink(tmpdir(), join(folder, 'd.jpg'))
    expect(await names(folder)).toEqual(['a.jpg', 'b.jpg', 'c.jpg'])
  })

  it('says which path is not there and which folder holds no photo, and lists the others', async () => {
    const missing = join(folder, 'no.jpg')
    const empty = join(folder, 'empty')
    await mkdir(empty)
    const photo = join(folder, 'a.jpg')
    await writeFile(photo, 'x')
    const { photos, refused } = await listPhotos([missing, photo, empty])
    expect(photos).toEqual([photo])
    expect(refused).toMatchObject([
      { path: missing, error: { code: 'file-missing', message: expect.stringContaining(missing) } },
      { path: empty, error: { code: 'file-missing', message: expect.stringContaining(empty) } }
    ])
  })
})
