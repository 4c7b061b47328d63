import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listPhotos } from './photo-list.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'photo-list-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe('listPhotos', () => {
  it('reads a folder one level deep, numbers in human order, without what systems leave there', async () => {
    for (const name of ['p10.jpg', 'p2.jpg', 'P1.JPG', '.DS_Store', 'Thumbs.db', 'p2.xmp', 'notes.txt']) {
      await writeFile(join(folder, name), 'x')
    }
    await mkdir(join(folder, 'deeper'))
    await writeFile(join(folder, 'deeper', 'p3.jpg'), 'x')
    expect((await listPhotos([folder])).map((path) => basename(path))).toEqual(['P1.JPG', 'p2.jpg', 'p10.jpg'])
  })

  it('takes a file that is named as it is, even one that does not look like a photo', async () => {
    await writeFile(join(folder, 'notes.txt'), 'x')
    expect(await listPhotos([join(folder, 'notes.txt')])).toEqual([join(folder, 'notes.txt')])
  })

  it('says which path is not there', async () => {
    const missing = join(folder, 'no.jpg')
    await expect(listPhotos([missing])).rejects.toMatchObject({
      code: 'file-missing',
      message: expect.stringContaining(missing)
    })
  })

  it('says so when a folder holds no photo', async () => {
    await expect(listPhotos([folder])).rejects.toMatchObject({ code: 'file-missing' })
  })
})
