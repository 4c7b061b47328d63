import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestDatabase } from '../test-database.fixture.ts'
import { artifactNamed } from '../test-job.fixture.ts'
import { createLibrary } from './create-library.ts'
import type { Library } from './library.ts'

const inspection = {
  width: 600,
  height: 800,
  mediaType: 'image/jpeg',
  bitsPerChannel: 8,
  colourSpace: 'sRGB',
  faces: [],
  notes: []
}

/** What a library over any database must do. `make` gives an empty database. */
export function libraryContract(make: () => Promise<TestDatabase>): void {
  let place: TestDatabase
  let library: Library
  beforeAll(async () => {
    place = await make()
    library = await createLibrary(await place.connect())
  })
  afterAll(() => place.dispose())

  const add = (subjectId: string, name: string) =>
    library.addPhoto({ subjectId, artifact: artifactNamed(name), name, bytes: 5, inspection, face: null })

  describe('subjects', () => {
    it('are listed by name, those in the bin apart', async () => {
      const [zoe, anna] = [await library.createSubject('Zoë'), await library.createSubject('anna')]
      expect((await library.subjects({ bin: false })).map(({ name }) => name)).toEqual(['anna', 'Zoë'])
      const removed = await library.removeSubject(zoe._id)
      expect(removed).toMatchObject({ revision: 1, deletedAt: expect.any(Date) })
      expect((await library.subjects({ bin: false })).map(({ name }) => name)).toEqual(['anna'])
      expect((await library.subjects({ bin: true })).map(({ name }) => name)).toEqual(['Zoë'])
      expect(await library.restoreSubject(zoe._id)).toMatchObject({ revision: 2, deletedAt: null })
      expect(await library.rename(anna._id, 'Anna')).toMatchObject({ name: 'Anna' })
      await library.eraseSubject(zoe._id)
      expect(await library.subject(zoe._id)).toBeNull()
      await expect(library.rename(zoe._id, 'x')).rejects.toMatchObject({ code: 'subject-missing' })
      await expect(library.eraseSubject(zoe._id)).rejects.toMatchObject({ code: 'subject-missing' })
    })
  })

  describe('photos', () => {
    it('belong to a subject, newest first, and refer to their artifacts until they are erased', async () => {
      const first = await add('one', 'first.jpg')
      const second = await add('one', 'second.jpg')
      const other = await add('two', 'first.jpg')
      const ids = async (subjectIds: string[] | null, bin = false) =>
        (await library.photos({ subjectIds, bin })).map(({ _id }) => _id)
      expect(await ids(['one'])).toEqual([second._id, first._id])
      expect(await ids(null)).toEqual([other._id, second._id, first._id])
      expect(await library.countPhotos('one')).toBe(2)
      expect(await library.countReferences(first.artifact)).toBe(2)
      expect((await library.photosOfArtifact(first.artifact)).map(({ _id }) => _id)).toEqual([first._id, other._id])
      expect(await library.movePhoto(second._id, 'two')).toMatchObject({ subjectId: 'two', revision: 1 })
      expect(await library.chooseFace(second._id, 3)).toMatchObject({ face: 3 })
      await library.removePhoto(first._id)
      expect(await ids(['one'])).toEqual([])
      expect(await ids(['one'], true)).toEqual([first._id])
      expect(await library.countReferences(first.artifact)).toBe(2)
      await library.restorePhoto(first._id)
      expect(await library.erasePhoto(first._id)).toBe(first.artifact)
      expect(await library.countReferences(first.artifact)).toBe(1)
      const held = []
      for await (const { artifacts } of library.artifactsInUse()) held.push(...artifacts)
      expect(held.sort()).toEqual([other.artifact, second.artifact].sort())
      await expect(library.chooseFace(first._id, 0)).rejects.toMatchObject({ code: 'photo-missing' })
      await expect(library.erasePhoto(first._id)).rejects.toMatchObject({ code: 'photo-missing' })
    })
  })
}
