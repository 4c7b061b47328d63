import { beforeEach, describe, expect, it } from 'vitest'
import { StudioError } from '../../../domain/errors.ts'
import type { Job } from '../../../domain/job.ts'
import type { Collection, Identified } from '../collection.ts'
import type { Database } from '../database.ts'
import type { JobRepository } from '../job-repository.ts'
import { attempt, deliverable, newJob } from '../test-job.fixture.ts'
import { createJobRepository } from './create-job-repository.ts'
import type { OpenRepository } from './open-repository.fixture.ts'

const WORKER = { owner: 'worker', bootId: 'boot' }
const AWAY = { code: 'store-unavailable' }

/** The database behind a connection that breaks: what is asked is done, and the answer lost, so many times. */
function breaking(database: Database) {
  let breaks = 0
  const broken = async <T>(work: Promise<T>): Promise<T> => {
    const result = await work
    if (breaks === 0) return result
    breaks -= 1
    throw new StudioError('store-unavailable', 'The connection broke.')
  }
  const through: Database = {
    ...database,
    collection: <D extends Identified>(name: string): Collection<D> => {
      const collection = database.collection<D>(name)
      return {
        insertOne: (document) => collection.insertOne(document),
        findOne: (filter, options) => collection.findOne(filter, options),
        find: (filter, options) => collection.find(filter, options),
        countDocuments: (filter) => collection.countDocuments(filter),
        updateOne: (filter, update) => broken(collection.updateOne(filter, update)),
        findOneAndUpdate: (filter, update, options) => broken(collection.findOneAndUpdate(filter, update, options)),
        deleteOne: (filter) => broken(collection.deleteOne(filter)),
        createIndex: (keys, options) => collection.createIndex(keys, options)
      }
    }
  }
  return {
    through,
    next: (times = 1) => {
      breaks = times
    }
  }
}

/** What must be so where the connection breaks between a write and its answer. */
export function lostAnswersContract(opened: OpenRepository): void {
  let repository: JobRepository
  let connection: ReturnType<typeof breaking>
  beforeEach(async () => {
    connection = breaking(opened().database)
    repository = await createJobRepository(connection.through)
  })

  async function claimed(): Promise<Job> {
    const job = await repository.claim(WORKER)
    if (!job) throw new Error('Nothing to claim.')
    return job
  }

  it('a claim gives its job to the next claim, charged once', async () => {
    const ids = [(await repository.create(newJob()))._id, (await repository.create(newJob()))._id]
    connection.next()
    await expect(repository.claim(WORKER)).rejects.toMatchObject(AWAY)
    const [first, second] = [await claimed(), await claimed()]
    expect([first._id, second._id]).toEqual(ids)
    expect([first.claims, second.claims]).toEqual([1, 1])
    expect(await repository.claim(WORKER)).toBeNull()
  })

  it('a claim that found nothing leaves nothing behind', async () => {
    connection.next()
    await expect(repository.claim(WORKER)).rejects.toMatchObject(AWAY)
    expect(await repository.claim(WORKER)).toBeNull()
  })

  describe('a transition', () => {
    it('asked again is made once', async () => {
      await repository.create(newJob())
      const job = await claimed()
      const change = { attempts: [attempt(1, 0.4)], timings: { brief: 3 } }
      connection.next(1)
      await expect(repository.transition(job, change)).rejects.toMatchObject(AWAY)
      const again = await repository.transition(job, change)
      expect(again).toEqual(await repository.get(job._id))
      expect(again).toMatchObject({ revision: job.revision + 1, lease: { writes: 1 }, timings: { brief: 3 } })
      const next = await repository.transition(again, { timings: { brief: 4 } })
      expect(next).toMatchObject({ lease: { writes: 2 }, timings: { brief: 4 } })
    })

    it('that arrives late, when its successor is made, changes nothing', async () => {
      await repository.create(newJob())
      const job = await claimed()
      const first = await repository.transition(job, { attempts: [attempt(1, 0.4)] })
      const second = await repository.transition(first, { attempts: [attempt(1, 0.4), attempt(2, 0.6)] })
      await expect(repository.transition(job, { attempts: [attempt(1, 0.4)] })).rejects.toMatchObject({
        code: 'lease-lost'
      })
      await expect(repository.transition(first, { attempts: [] })).rejects.toMatchObject({ code: 'lease-lost' })
      expect(await repository.get(job._id)).toEqual(second)
    })

    it('that ended the job has ended it', async () => {
      await repository.create(newJob())
      const job = await claimed()
      const change = { status: 'completed', final: deliverable(1, 0.9) } as const
      connection.next()
      await expect(repository.transition(job, change)).rejects.toMatchObject(AWAY)
      await expect(repository.transition(job, change)).rejects.toMatchObject({ code: 'lease-lost' })
      expect(await repository.get(job._id)).toMatchObject({ status: 'completed', revision: job.revision + 1 })
    })
  })

  it('a release takes the claim back once', async () => {
    await repository.create(newJob())
    const job = await claimed()
    connection.next()
    await expect(repository.release(job, { charge: false })).rejects.toMatchObject(AWAY)
    await expect(repository.release(job, { charge: false })).rejects.toMatchObject({ code: 'lease-lost' })
    expect(await repository.get(job._id)).toMatchObject({ status: 'pending', claims: 0 })
  })
}
