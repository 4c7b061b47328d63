import { beforeEach, describe, expect, it } from 'vitest'
import type { Job } from '../../../domain/job.ts'
import { ending, runFixture } from '../child-process.fixture.ts'
import type { JobRepository } from '../job-repository.ts'
import { artifactNamed, attempt, deliverable, newJob } from '../test-job.fixture.ts'
import { createJobRepository } from './create-job-repository.ts'
import type { OpenRepository } from './open-repository.fixture.ts'

const WORKER = { owner: 'worker', bootId: 'boot' }
const LOST = { code: 'lease-lost' }

/** What workers do to jobs. */
export function jobLeasesContract(opened: OpenRepository): void {
  let repository: JobRepository
  beforeEach(() => {
    repository = opened().repository
  })

  async function claimed(): Promise<Job> {
    const job = await repository.claim(WORKER)
    if (!job) throw new Error('Nothing to claim.')
    return job
  }
  async function held(): Promise<Job> {
    await repository.create(newJob())
    return claimed()
  }

  describe('claim', () => {
    it('gives the highest priority first, and of equal ones the oldest', async () => {
      const first = await repository.create(newJob())
      const second = await repository.create(newJob())
      const urgent = await repository.create(newJob({ priority: 5 }))
      const later = await repository.create(newJob({ priority: -1 }))
      const order = [await claimed(), await claimed(), await claimed(), await claimed()].map((job) => job._id)
      expect(order).toEqual([urgent, first, second, later].map((job) => job._id))
      expect(await repository.claim(WORKER)).toBeNull()
    })

    it('counts and leaves a lease of its own', async () => {
      const job = await held()
      expect(job).toMatchObject({ status: 'processing', claims: 1, revision: 1, lease: { ...WORKER, beat: 0 } })
      expect(await repository.get(job._id)).toEqual(job)
      await repository.release(job, { charge: true })
      const again = await claimed()
      expect(again.claims).toBe(2)
      expect(again.lease?.token).not.toBe(job.lease?.token)
    })

    it('gives a worker only what it has the engines for', async () => {
      const wanting = (generator: string | null, vlm: string | null) =>
        repository.create(newJob({ requestedEngines: { generator, vlm } }))
      const flux = await wanting('flux', null)
      const served = await wanting(null, 'remote')
      const any = await wanting(null, null)
      const retouched = await wanting('retouch', 'rules')
      const able = { ...WORKER, abilities: { generators: ['retouch'], vlms: ['rules'] } }
      expect((await repository.claim(able))?._id).toBe(any._id)
      expect((await repository.claim(able))?._id).toBe(retouched._id)
      expect(await repository.claim(able)).toBeNull()
      const other = { ...WORKER, abilities: { generators: ['flux'], vlms: ['remote'] } }
      const begun = await repository.claim(other)
      expect(begun?._id).toBe(flux._id)
      const described = (engine: string, kind: 'generative' | 'language-model' | 'rules') => {
        return { engine, version: '1', label: engine, kind, abilities: [], reason: 'It was there.' }
      }
      const engines = {
        generator: described('flux', 'generative'),
        vlm: described('remote', 'language-model'),
        examiner: described('builtin', 'rules')
      }
      if (begun) await repository.release(await repository.transition(begun, { engines }), { charge: false })
      // It goes on with the engines it was begun with, whatever was asked for.
      expect(await repository.claim({ ...able, abilities: { generators: ['flux'], vlms: ['rules'] } })).toBeNull()
      expect((await repository.claim(other))?._id).toBe(flux._id)
      expect((await repository.claim(other))?._id).toBe(served._id)
    })

    it('gives each of 500 jobs to one of four processes', async () => {
      const { place } = opened()
      const ids = new Set<string>()
      for (let made = 0; made < 500; made += 1) ids.add((await repository.create(newJob()))._id)
      const { folder, uri } = place.place
      const processes = Array.from({ length: 4 }, () => {
        const file = new URL('../claiming-process.fixture.ts', import.meta.url)
        const child = runFixture(file, uri === undefined ? [folder] : [folder, uri])
        let output = ''
        child.stdout.on('data', (text: string) => {
          output += text
        })
        return ending(child).then((status) => ({ status, ids: output.split('\n').filter((line) => line !== '') }))
      })
      const ended = await Promise.all(processes)
      expect(ended.map(({ status }) => status)).toEqual([0, 0, 0, 0])
      const all = ended.flatMap((process) => process.ids)
      expect(all).toHaveLength(500)
      expect(new Set(all)).toEqual(ids)
      expect(await repository.counts()).toMatchObject({ pending: 0, processing: 500 })
    })
  })

  describe('transition', () => {
    it('stores a change, counts it and dates it', async () => {
      const job = await held()
      const changed = await repository.transition(job, { attempts: [attempt(1, 0.4)], timings: { brief: 12.5 } })
      expect(changed).toEqual({
        ...job,
        revision: 2,
        updatedAt: changed.updatedAt,
        lease: { ...job.lease, writes: 1 },
        attempts: [attempt(1, 0.4)],
        timings: { brief: 12.5 },
        artifacts: [artifactNamed('reference'), artifactNamed('attempt 1')].sort(),
        failedCriteria: ['sharpness'],
        listing: { ...job.listing, score: changed.attempts[0]?.judgement?.score }
      })
      expect(changed.updatedAt.getTime()).toBeGreaterThanOrEqual(job.updatedAt.getTime())
      expect(await repository.get(job._id)).toEqual(changed)
    })

    it('tells what users have changed meanwhile', async () => {
      const job = await repository.transition(await held(), { attempts: [attempt(1, 0.4)] })
      await repository.beat(job)
      await repository.setPriority(job._id, 7)
      await repository.setSubject(job._id, 'somebody else')
      await repository.rate(job._id, null, { stars: 4 })
      await repository.rate(job._id, 1, { stars: 2 })
      const changed = await repository.transition(job, { timings: { brief: 1 } })
      expect(changed).toMatchObject({
        priority: 7,
        subjectId: 'somebody else',
        rating: { stars: 4 },
        lease: { beat: 1 }
      })
      expect(await repository.get(job._id)).toEqual(changed)
    })

    it('knows every artifact of the job', async () => {
      const job = await repository.transition(await held(), { attempts: [attempt(1, 0.4), attempt(2, 0.6)] })
      const done = await repository.transition(job, { status: 'failed', best: deliverable(2, 0.6) })
      const names = ['reference', 'attempt 1', 'attempt 2', 'final 2']
      expect(done.artifacts).toEqual(names.map(artifactNamed).sort())
    })

    it('that ends the job ends its lease and its waiting', async () => {
      const error = { code: 'engine-unavailable', message: 'Away.', hint: 'Wait.' } as const
      const job = await repository.transition(await held(), { waiting: { error, since: new Date() } })
      expect(job.waiting?.error.code).toBe('engine-unavailable')
      const done = await repository.transition(job, { status: 'completed', final: deliverable(1, 0.9) })
      expect(done).toMatchObject({ status: 'completed', lease: null, waiting: null })
      await expect(repository.transition(job, { status: 'failed' })).rejects.toMatchObject(LOST)
      await expect(repository.transition(done, { status: 'failed' })).rejects.toMatchObject(LOST)
    })

    it('never stores what could not be read again', async () => {
      const job = await held()
      await expect(repository.transition(job, { attempts: [attempt(1, Number.NaN)] })).rejects.toThrow()
      expect(await repository.get(job._id)).toEqual(job)
    })

    it('is refused to a worker whose job another has taken', async () => {
      const job = await held()
      if (!job.lease) throw new Error('No lease.')
      expect(await repository.reclaim(job._id, job.lease)).toBe(true)
      await expect(repository.transition(job, { timings: { brief: 1 } })).rejects.toMatchObject(LOST)
      const other = await claimed()
      await expect(repository.transition(job, { timings: { brief: 1 } })).rejects.toMatchObject(LOST)
      await expect(repository.beat(job)).rejects.toMatchObject(LOST)
      await expect(repository.release(job, { charge: true })).rejects.toMatchObject(LOST)
      expect(await repository.get(job._id)).toEqual(other)
    })
  })

  it('beat counts up and changes nothing else', async () => {
    const job = await held()
    await repository.beat(job)
    await repository.beat(job)
    expect(await repository.get(job._id)).toEqual({ ...job, lease: { ...job.lease, beat: 2 } })
  })

  it('release puts the job back, and takes the claim back unless it is charged', async () => {
    const free = await held()
    await repository.release(free, { charge: false })
    expect(await repository.get(free._id)).toMatchObject({ status: 'pending', lease: null, claims: 0, revision: 2 })
    await repository.release(await claimed(), { charge: true })
    expect(await repository.get(free._id)).toMatchObject({ status: 'pending', lease: null, claims: 1, revision: 4 })
  })

  it('tells who holds what, and reclaims only from the lease that was seen', async () => {
    const job = await held()
    await repository.create(newJob())
    const [seen, ...others] = await repository.leases()
    expect(others).toEqual([])
    expect(seen).toEqual({ id: job._id, lease: job.lease })
    if (!seen) throw new Error('No lease.')
    await repository.beat(job)
    expect(await repository.reclaim(job._id, seen.lease)).toBe(false)
    const [beaten] = await repository.leases()
    if (!beaten) throw new Error('No lease.')
    expect(beaten.lease.beat).toBe(1)
    expect(await repository.reclaim(job._id, { ...beaten.lease, token: 'other' })).toBe(false)
    expect(await repository.reclaim(job._id, beaten.lease)).toBe(true)
    expect(await repository.reclaim(job._id, beaten.lease)).toBe(false)
    expect(await repository.get(job._id)).toMatchObject({ status: 'pending', lease: null, claims: 1 })
    const again = await claimed()
    if (again.lease) expect(await repository.reclaim(again._id, again.lease, { charge: false })).toBe(true)
    expect(await repository.get(again._id)).toMatchObject({ status: 'pending', claims: 1 })
  })

  it('serves two connections', async () => {
    const other = await createJobRepository(await opened().place.connect())
    const { _id } = await repository.create(newJob())
    const job = await other.claim(WORKER)
    expect(job?._id).toBe(_id)
    expect(await repository.claim(WORKER)).toBeNull()
    await repository.cancel(_id)
    if (job) await expect(other.beat(job)).rejects.toMatchObject(LOST)
  })
}
