import { beforeEach, describe, expect, it } from 'vitest'
import type { Job } from '../../../domain/job.ts'
import { newJob } from '../test-job.fixture.ts'
import type { OpenRepository } from './open-repository.fixture.ts'

/** Jobs of earlier studios, which were stored without what lists are made by. */
export function fillListingsContract(opened: OpenRepository): void {
  const jobs = () => opened().database.collection<Job>('jobs')
  let ids: string[]
  beforeEach(async () => {
    ids = []
    const { repository } = opened()
    for (let count = 0; count < 40; count += 1) {
      const references = newJob().references.map((each) => ({ ...each, name: `Anna ${count % 2 ? 'b' : 'a'}.jpg` }))
      ids.push((await repository.create(newJob({ references })))._id)
    }
    await repository.remove(ids[0] ?? '')
    const late = { listing: '', failedCriteria: '', rating: '', attemptRatings: '', position: '' } as const
    for (const id of ids) await jobs().updateOne({ _id: id }, { $unset: late })
  })
  const signal = () => new AbortController().signal
  const found = async (filter: object) => (await opened().repository.list({ ...filter, limit: 200 })).items

  describe('filling in', () => {
    it('makes them found, ordered and filtered, and tells nobody', async () => {
      const { repository } = opened()
      const words = [{ word: 'anna', subjectIds: [] }]
      expect(await found({ words })).toEqual([])
      const { position } = await repository.changesSince(null)
      const before = await repository.get(ids[1] ?? '')
      expect(await repository.fillListings(signal())).toBe(40)
      expect(await found({ words })).toHaveLength(39)
      expect(await found({ words, removed: true })).toHaveLength(1)
      expect(await found({ flag: ['none'] })).toHaveLength(39)
      const names = await found({ order: { by: 'name', direction: 'ascending' } })
      expect(names.map(({ name }) => name)).toEqual([...names.map(({ name }) => name)].sort())
      const after = await repository.get(ids[1] ?? '')
      expect(after).toMatchObject({ revision: before?.revision, updatedAt: before?.updatedAt })
      expect(after?.position).toBe(after?.createdAt.getTime())
      const told = await repository.changesSince(position)
      expect(told.changed.every(({ revision }) => revision === 0)).toBe(true)
      expect(await repository.fillListings(signal())).toBe(0)
    })

    it('passes by what cannot be read, and goes on where it was ended', async () => {
      const { repository } = opened()
      await jobs().updateOne({ _id: ids[3] ?? '' }, { $unset: { parameters: '' } })
      await expect(repository.fillListings(AbortSignal.abort())).rejects.toThrow()
      expect(await repository.fillListings(signal())).toBe(39)
      expect(await repository.fillListings(signal())).toBe(0)
    })
  })
}
