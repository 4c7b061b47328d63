import { beforeEach, describe, expect, it } from 'vitest'
import type { JobStatus } from '../../../domain/job.ts'
import { summarize } from '../../../domain/job-summary.ts'
import type { Identified } from '../collection.ts'
import type { JobQuery, JobRepository } from '../job-repository.ts'
import { artifactNamed, attempt, deliverable, newJob } from '../test-job.fixture.ts'
import type { OpenRepository } from './open-repository.fixture.ts'

const WORKER = { owner: 'worker', bootId: 'boot' }

/** What is asked of jobs. */
export function jobQueriesContract(opened: OpenRepository): void {
  let repository: JobRepository
  beforeEach(() => {
    repository = opened().repository
  })

  async function create(count: number): Promise<string[]> {
    const ids: string[] = []
    for (let made = 0; made < count; made += 1) {
      const subjectId = made % 3 === 0 ? 'third' : 'other'
      ids.push((await repository.create(newJob({ subjectId })))._id)
    }
    return ids
  }

  async function pages(query: JobQuery): Promise<string[][]> {
    const read: string[][] = []
    let cursor: string | undefined
    for (;;) {
      const page = await repository.list({ ...query, ...(cursor === undefined ? {} : { cursor }) })
      read.push(page.items.map((item) => item._id))
      if (page.next === null) return read
      cursor = page.next
    }
  }

  it('get answers null for a job that is not there', async () => {
    expect(await repository.get('nobody')).toBeNull()
  })

  it('standing tells status and revision alone, of removed jobs too', async () => {
    const { _id } = await repository.create(newJob())
    expect(await repository.standing(_id)).toEqual({ status: 'pending', revision: 0 })
    await repository.claim(WORKER)
    expect(await repository.standing(_id)).toEqual({ status: 'processing', revision: 1 })
    await repository.remove(_id)
    expect(await repository.standing(_id)).toEqual({ status: 'cancelled', revision: 2 })
    expect(await repository.standing('nobody')).toBeNull()
  })

  describe('list', () => {
    it('pages newest first, each job once, whatever comes in between', async () => {
      const ids = (await create(7)).reverse()
      const first = await repository.list({ limit: 3 })
      await create(2)
      const second = await repository.list({ limit: 3, cursor: first.next ?? '' })
      const third = await repository.list({ limit: 3, cursor: second.next ?? '' })
      const read = [first, second, third].flatMap((page) => page.items.map((item) => item._id))
      expect(read).toEqual(ids)
      expect(third.next).toBeNull()
    })

    it('ends a full last page', async () => {
      const ids = (await create(4)).reverse()
      expect(await pages({ limit: 2 })).toEqual([ids.slice(0, 2), ids.slice(2)])
      expect(await pages({ limit: 4 })).toEqual([ids])
      expect(await pages({ limit: 200, status: ['failed'] })).toEqual([[]])
    })

    it('keeps to statuses and subject', async () => {
      const ids = await create(6)
      const [first = '', second = ''] = ids
      await repository.cancel(first)
      await repository.cancel(second)
      expect((await pages({ limit: 9, status: ['cancelled'] })).flat()).toEqual([second, first])
      expect((await pages({ limit: 2, subjectIds: ['third'] })).flat()).toEqual([ids[3], first])
      expect((await pages({ limit: 9, subjectIds: ['third'], status: ['pending', 'failed'] })).flat()).toEqual([ids[3]])
      expect((await pages({ limit: 9, status: [] })).flat()).toEqual([])
    })

    it('shows what the summary of the whole job shows', async () => {
      await repository.create(newJob())
      const held = await repository.claim(WORKER)
      if (!held) throw new Error('Nothing to claim.')
      const only = async () => (await repository.list({ limit: 9 })).items[0]
      expect(await only()).toEqual(summarize(held))
      const made = await repository.transition(held, {
        attempts: [attempt(1, 0.25), { ...attempt(2, 1), picture: null }]
      })
      expect(await only()).toEqual(summarize(made))
      expect(await only()).toMatchObject({ attempts: 2, cover: artifactNamed('attempt 1'), score: 0.25 })
      const error = { code: 'disk-full', message: 'Full.', hint: 'Free some space.' } as const
      const waits = await repository.transition(made, { waiting: { error, since: new Date() }, error })
      expect(await only()).toEqual(summarize(waits))
      expect(await only()).toMatchObject({ waiting: true, errorCode: 'disk-full' })
      const done = await repository.transition(waits, { status: 'completed', final: deliverable(1, 0.75) })
      expect(await only()).toEqual(summarize(done))
      expect(await only()).toMatchObject({ waiting: false, cover: artifactNamed('final 1'), score: 0.75 })
    })

    it.each([0, 201, 1.5, -1])('refuses a page of %d', async (limit) => {
      await expect(repository.list({ limit })).rejects.toMatchObject({ code: 'option-invalid' })
    })

    it.each(['', 'x', 'e30', 'WyJub3doZXJlIixudWxsXQ'])('refuses the cursor %j', async (cursor) => {
      await expect(repository.list({ limit: 5, cursor })).rejects.toMatchObject({ code: 'option-invalid' })
      await expect(repository.changesSince(cursor)).rejects.toMatchObject({ code: 'option-invalid' })
    })
  })

  it('counts jobs by status, without removed ones', async () => {
    const [first = '', second = ''] = await create(5)
    await repository.cancel(first)
    await repository.remove(second)
    await repository.claim(WORKER)
    const expected: Record<JobStatus, number> = { pending: 2, processing: 1, completed: 0, failed: 0, cancelled: 1 }
    expect(await repository.counts()).toEqual(expected)
  })

  it('counts references of every job, removed ones too', async () => {
    const own = {
      artifact: artifactNamed('own'),
      name: 'b.jpg',

      bytes: 1,
      face: 0,
      inspection: null
    }
    const [reference = own] = newJob().references
    const { _id } = await repository.create(newJob())
    const both = await repository.create(newJob({ references: [reference, own, own] }))
    expect(await repository.countReferences(reference.artifact)).toBe(2)
    expect(await repository.countReferences(own.artifact)).toBe(1)
    expect(await repository.countReferences(artifactNamed('nothing'))).toBe(0)
    await repository.remove(both._id)
    expect(await repository.countReferences(own.artifact)).toBe(1)
    const inUse = new Map<string, readonly string[]>()
    for await (const { id, artifacts } of repository.artifactsInUse()) inUse.set(id, artifacts)
    expect(inUse).toEqual(
      new Map([
        [_id, [reference.artifact]],
        [both._id, [reference.artifact, own.artifact].sort()]
      ])
    )
  })

  describe('a row that cannot be read', () => {
    const raw = () => opened().database.collection<Identified & { schemaVersion: number; status: string }>('jobs')

    it('is named', async () => {
      const { _id } = await repository.create(newJob())
      await raw().updateOne({ _id }, { $set: { status: 'nonsense' } })
      const expected = { code: 'store-damaged', details: { id: _id, issues: [{ path: 'status' }] } }
      await expect(repository.get(_id)).rejects.toMatchObject(expected)
    })

    it('is named beside the others in a list, and holds up no page', async () => {
      const ids: string[] = []
      for (let each = 0; each < 5; each += 1) ids.push((await repository.create(newJob()))._id)
      const damaged = [ids[1] ?? '', ids[2] ?? '', ids[4] ?? '']
      for (const _id of damaged) await raw().updateOne({ _id }, { $set: { status: 'nonsense' } })
      const all = await repository.list({ limit: 5 })
      expect(all.items.map(({ _id }) => _id)).toEqual([ids[3], ids[0]])
      expect(all.unreadable).toMatchObject(
        damaged.toReversed().map((id) => ({ id, error: { code: 'store-damaged', details: { id } } }))
      )
      for (const limit of [1, 2, 3]) {
        const [read, named] = [new Set<string>(), new Set<string>()]
        for (let cursor: string | undefined; ; ) {
          const page = await repository.list({ limit, cursor })
          for (const { _id } of page.items) read.add(_id)
          for (const { id } of page.unreadable) named.add(id)
          cursor = page.next ?? undefined
          if (cursor === undefined) break
        }
        expect([read, named]).toEqual([new Set([ids[3], ids[0]]), new Set(damaged)])
      }
    })

    it('hides no lease of the others', async () => {
      const { _id } = await repository.create(newJob())
      await repository.claim(WORKER)
      await raw().updateOne({ _id }, { $set: { schemaVersion: 2 } })
      const other = await repository.create(newJob())
      await repository.claim(WORKER)
      expect((await repository.leases()).map(({ id }) => id)).toEqual([other._id])
    })

    it('may be of a newer studio', async () => {
      const { _id } = await repository.create(newJob())
      await raw().updateOne({ _id }, { $set: { schemaVersion: 2, status: 'nonsense' } })
      await expect(repository.get(_id)).rejects.toMatchObject({ code: 'store-too-new' })
      const { items, unreadable } = await repository.list({ limit: 5 })
      expect([items, unreadable]).toMatchObject([[], [{ id: _id, error: { code: 'store-too-new' } }]])
    })
  })
}
