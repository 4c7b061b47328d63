import * as fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import type { JobSummary } from '../../../domain/job.ts'
import { parseParameters } from '../../../domain/parameters/parameters.ts'
import type { JobFilter, JobOrder, JobRepository } from '../job-repository.ts'
import { attempt, deliverable, newJob } from '../test-job.fixture.ts'
import type { OpenRepository } from './open-repository.fixture.ts'

const WORKER = { owner: 'worker', bootId: 'boot' }
const ORDERS = ['created', 'changed', 'name', 'score', 'stars', 'queue'] as const

/** Finding, ordering, rating and moving jobs. */
export function jobSearchContract(opened: OpenRepository): void {
  let repository: JobRepository
  beforeEach(() => {
    repository = opened().repository
  })

  const photo = (name: string) => newJob().references.map((reference) => ({ ...reference, name }))

  async function created(name: string, notes = ''): Promise<string> {
    return (await repository.create(newJob({ references: photo(name), parameters: parseParameters({ notes }) })))._id
  }

  async function judged(name: string, score: number): Promise<string> {
    const id = await created(name)
    const held = await repository.claim(WORKER)
    if (held?._id !== id) throw new Error('Another job waited.')
    await repository.transition(held, { attempts: [attempt(1, score)], status: 'failed', best: deliverable(1, score) })
    return id
  }

  async function all(filter: JobFilter, order: JobOrder, limit: number): Promise<JobSummary[]> {
    const read: JobSummary[] = []
    for (let cursor: string | undefined; ; ) {
      const page = await repository.list({ ...filter, order, limit, cursor })
      read.push(...page.items)
      if (page.next === null) return read
      cursor = page.next
    }
  }

  const found = async (filter: JobFilter) => {
    const ids = (await all(filter, { by: 'created', direction: 'ascending' }, 200)).map(({ _id }) => _id)
    const counts = Object.values(await repository.counts(filter)).reduce((sum, count) => sum + count, 0)
    expect(counts).toBe(ids.length)
    return ids
  }

  describe('filters', () => {
    it('finds the beginnings of words, all of them', async () => {
      const anna = await created('Anna Müller.jpg', 'for the spring campaign')
      const otto = await created('otto.tif', 'spring')
      const words = (...each: string[]) => found({ words: each.map((word) => ({ word, subjectIds: [] })) })
      expect(await words('spr')).toEqual([anna, otto])
      expect(await words('spr', 'mull')).toEqual([anna])
      expect(await words('pring')).toEqual([])
      expect(await found({ words: [{ word: 'nobody', subjectIds: ['subject-1'] }] })).toEqual([anna, otto])
    })

    it('finds by what failed, by stars, flag and label', async () => {
      const bad = await judged('bad.jpg', 0.2)
      const good = await judged('good.jpg', 0.9)
      await repository.rate(good, null, { stars: 4, flag: 'pick', label: 'green' })
      await repository.rate(bad, null, { flag: 'reject' })
      expect(await found({ failedCriterion: ['sharpness'] })).toEqual([bad])
      expect(await found({ failedCriterion: ['identity'] })).toEqual([])
      expect(await found({ stars: 4 })).toEqual([good])
      expect(await found({ stars: 5 })).toEqual([])
      expect(await found({ stars: 0 })).toEqual([bad, good])
      expect(await found({ flag: ['pick', 'none'] })).toEqual([good])
      expect(await found({ label: ['green'], flag: ['reject'] })).toEqual([])
      expect(await found({ purpose: ['resume'] })).toEqual([])
      expect(await found({ generator: ['retouch'] })).toEqual([])
    })
  })

  it('orders by every key, both ways, in pages of any size', async () => {
    const names = ['b.jpg', 'A.jpg', 'c.jpg', 'a.jpg', 'b.jpg']
    for (const [index, name] of names.entries()) {
      const id = index % 2 === 0 ? await judged(name, index / 10) : await created(name)
      await repository.rate(id, null, { stars: index % 3 })
      if (index % 2 === 1) await repository.cancel(id)
    }
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...ORDERS),
        fc.constantFrom('ascending' as const, 'descending' as const),
        fc.integer({ min: 1, max: 6 }),
        async (by, direction, limit) => {
          const read = await all({}, { by, direction }, limit)
          expect(new Set(read.map(({ _id }) => _id)).size).toBe(names.length)
          expect(read).toHaveLength(names.length)
          const values = read.map((job) => keyOf(job, by))
          const sorted = [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
          if (by !== 'queue') expect(values).toEqual(direction === 'ascending' ? sorted : sorted.reverse())
        }
      ),
      { numRuns: 40 }
    )
  })

  describe('the queue', () => {
    it('begins jobs by priority, then by place', async () => {
      const [a, b, c] = [await created('a.jpg'), await created('b.jpg'), await created('c.jpg')]
      const first = (await repository.get(a))?.position ?? 0
      const moved = await repository.setPlace(c, { priority: 0, position: first - 1 })
      expect(moved.position).toBe(first - 1)
      await repository.setPriority(b, 1)
      const order = await all({ status: ['pending'] }, { by: 'queue', direction: 'descending' }, 2)
      expect(order.map(({ _id }) => _id)).toEqual([b, c, a])
      const claimed = [await repository.claim(WORKER), await repository.claim(WORKER), await repository.claim(WORKER)]
      expect(claimed.map((job) => job?._id)).toEqual([b, c, a])
      await expect(repository.setPlace(a, { priority: 0, position: 0 })).rejects.toMatchObject({ code: 'job-state' })
    })
  })

  describe('ratings', () => {
    it('keep what a change does not name, for the job and each attempt by itself', async () => {
      const id = await judged('anna.jpg', 0.9)
      await repository.rate(id, null, { stars: 3 })
      await repository.rate(id, 1, { flag: 'pick' })
      const rated = await repository.rate(id, null, { label: 'red' })
      expect(rated.rating).toEqual({ stars: 3, flag: 'none', label: 'red' })
      expect(rated.attemptRatings).toEqual({ 1: { stars: 0, flag: 'pick', label: 'none' } })
      await expect(repository.rate(id, 2, { stars: 1 })).rejects.toMatchObject({ code: 'job-state' })
      await expect(repository.rate('nobody', null, { stars: 1 })).rejects.toMatchObject({ code: 'job-missing' })
    })

    it('survive a worker that writes the attempts of a job it holds', async () => {
      const id = await created('anna.jpg')
      const held = await repository.claim(WORKER)
      if (!held) throw new Error('No job waited.')
      const first = await repository.transition(held, { attempts: [attempt(1, 0.4)] })
      await repository.rate(id, 1, { stars: 5 })
      await repository.transition(first, { attempts: [attempt(1, 0.4), attempt(2, 0.9)] })
      expect((await repository.get(id))?.attemptRatings).toMatchObject({ 1: { stars: 5 } })
    })

    it('of many at once are all kept', async () => {
      const id = await created('anna.jpg')
      const changes = [{ stars: 2 }, { flag: 'pick' as const }, { label: 'blue' as const }]
      await Promise.all(changes.map((change) => repository.rate(id, null, change)))
      expect((await repository.get(id))?.rating).toEqual({ stars: 2, flag: 'pick', label: 'blue' })
    })
  })

  describe('choosing the final', () => {
    it('puts an ended job back in the queue for one judged attempt', async () => {
      const id = await judged('anna.jpg', 0.3)
      await expect(repository.chooseFinal(id, 2)).rejects.toMatchObject({ code: 'job-state' })
      expect(await repository.chooseFinal(id, 1)).toMatchObject({ status: 'pending', wantedAttempt: 1, claims: 0 })
      await expect(repository.chooseFinal(id, 1)).rejects.toMatchObject({ code: 'job-state' })
      expect(await repository.chooseFinal(id, null)).toMatchObject({ status: 'failed', wantedAttempt: null })
      await expect(repository.chooseFinal('nobody', 1)).rejects.toMatchObject({ code: 'job-missing' })
    })
  })

  it('gives a job to another subject', async () => {
    const id = await created('anna.jpg')
    expect(await repository.setSubject(id, 'subject-9')).toMatchObject({ subjectId: 'subject-9' })
    expect(await found({ subjectIds: ['subject-9'] })).toEqual([id])
  })
}

function keyOf(job: JobSummary, by: (typeof ORDERS)[number]): number | string {
  switch (by) {
    case 'created':
      return job.createdAt.getTime()
    case 'changed':
      return job.updatedAt.getTime()
    case 'name':
      return job.name.toLowerCase()
    case 'score':
      return job.score ?? -1
    case 'stars':
      return job.rating.stars
    case 'queue':
      return 0
  }
}
