import { beforeEach, describe, expect, it } from 'vitest'
import { summarize } from '../../../domain/job-summary.ts'
import { parseParameters } from '../../../domain/parameters/parameters.ts'
import type { Identified } from '../collection.ts'
import type { JobRepository } from '../job-repository.ts'
import { artifactNamed, attempt, newJob } from '../test-job.fixture.ts'
import type { OpenRepository } from './open-repository.fixture.ts'

const WORKER = { owner: 'worker', bootId: 'boot' }

/** What users do to jobs. */
export function jobCommandsContract(opened: OpenRepository): void {
  let repository: JobRepository
  beforeEach(() => {
    repository = opened().repository
  })

  const processing = async () => {
    const { _id } = await repository.create(newJob({ priority: 100 }))
    const held = await repository.claim(WORKER)
    if (held?._id !== _id) throw new Error('Another job was claimed.')
    return held
  }
  const failed = async () =>
    repository.transition(await processing(), { status: 'failed', attempts: [attempt(1, 0.2)] })

  const raw = () => opened().database.collection<Identified & { backdrop?: unknown; status?: string }>('jobs')

  it('create takes an id of the caller’s once', async () => {
    const job = await repository.create(newJob({ id: 'order-7' }))
    expect(job._id).toBe('order-7')
    await expect(repository.create(newJob({ id: 'order-7', priority: 9 }))).rejects.toMatchObject({
      code: 'document-exists'
    })
    expect(await repository.get('order-7')).toEqual(job)
  })

  it('create gives identity, times and the empty progress, and stores it', async () => {
    const before = await opened().database.now()
    const job = await repository.create(newJob({ priority: 3 }))
    expect(job).toMatchObject({
      ...newJob(),
      priority: 3,
      status: 'pending',
      revision: 0,
      attempts: [],
      final: null,
      lease: null,
      claims: 0,
      artifacts: [artifactNamed('reference')],
      deletedAt: null
    })
    expect(job._id).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/)
    expect(job.createdAt.getTime()).toBeGreaterThanOrEqual(before.getTime())
    expect(job.updatedAt).toEqual(job.createdAt)
    expect(await repository.get(job._id)).toEqual(job)
  })

  it('refuses a job that could not be read again', async () => {
    await expect(repository.create(newJob({ seed: Number.NaN }))).rejects.toThrow()
    await expect(repository.create(newJob({ references: [] }))).rejects.toThrow()
    expect((await repository.counts()).pending).toBe(0)
  })

  describe('an own backdrop', () => {
    const backdrop = { artifact: artifactNamed('backdrop'), name: 'hall.hdr', bytes: 5 }

    it('is kept, counted, and decides the background', async () => {
      const { _id } = await repository.create(newJob({ backdrop }))
      const job = await repository.get(_id)
      expect(job).toMatchObject({ backdrop, parameters: { background: 'own_backdrop' } })
      expect(job?.artifacts).toContain(backdrop.artifact)
      const held = await repository.claim(WORKER)
      const moved = held && (await repository.transition(held, { attempts: [attempt(1, 0.2)] }))
      expect(moved?.artifacts).toContain(backdrop.artifact)
      expect(await repository.countReferences(backdrop.artifact)).toBe(1)
    })

    it('cannot be ordered without its file', async () => {
      const parameters = parseParameters({ background: 'own_backdrop' })
      await expect(repository.create(newJob({ parameters }))).rejects.toMatchObject({ code: 'parameters-invalid' })
    })

    it('is none in a job stored before there were any', async () => {
      const { _id } = await repository.create(newJob())
      const row = await raw().findOne({ _id })
      await raw().deleteOne({ _id })
      if (row)
        await raw().insertOne({
          ...Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'backdrop')),
          _id
        })
      expect(await repository.get(_id)).toMatchObject({ _id, backdrop: null })
    })
  })

  it('cancel ends a pending or processing job and its lease', async () => {
    const pending = await repository.create(newJob())
    expect(await repository.cancel(pending._id)).toMatchObject({ status: 'cancelled', lease: null, revision: 1 })
    const held = await processing()
    expect(await repository.cancel(held._id)).toMatchObject({ status: 'cancelled', lease: null, claims: 1 })
    await expect(repository.transition(held, {})).rejects.toMatchObject({ code: 'lease-lost' })
    await expect(repository.cancel(held._id)).rejects.toMatchObject({ code: 'job-state' })
    await expect(repository.cancel('nobody')).rejects.toMatchObject({ code: 'job-missing' })
  })

  it('resume puts a failed or cancelled job back with its finished steps', async () => {
    const { _id, attempts } = await failed()
    const resumed = await repository.resume(_id)
    expect(resumed).toMatchObject({ status: 'pending', claims: 0, error: null, attempts })
    await expect(repository.resume(_id)).rejects.toMatchObject({ code: 'job-state' })
    await repository.cancel(_id)
    expect(await repository.resume(_id)).toMatchObject({ status: 'pending' })
    await expect(repository.resume('nobody')).rejects.toMatchObject({ code: 'job-missing' })
  })

  it('setPriority changes who comes first', async () => {
    await repository.create(newJob())
    const second = await repository.create(newJob())
    expect(await repository.setPriority(second._id, 1)).toMatchObject({ priority: 1, revision: 1 })
    expect((await repository.claim(WORKER))?._id).toBe(second._id)
    await expect(repository.setPriority('nobody', 1)).rejects.toMatchObject({ code: 'job-missing' })
  })

  describe('remove', () => {
    it('leaves a tombstone that restore takes away', async () => {
      const job = await failed()
      await repository.remove(job._id)
      const gone = await repository.get(job._id)
      expect(gone).toMatchObject({ status: 'failed', revision: job.revision + 1 })
      expect(gone?.deletedAt).toBeInstanceOf(Date)
      expect((await repository.list({ limit: 10 })).items).toEqual([])
      expect((await repository.list({ limit: 10, removed: true })).items).toHaveLength(1)
      await repository.restore(job._id)
      const restored = await repository.get(job._id)
      expect(restored).toMatchObject({ status: 'failed', deletedAt: null, revision: job.revision + 2 })
      expect((await repository.list({ limit: 10 })).items).toEqual([restored && summarize(restored)])
    })

    it('puts a damaged job away as it is, and restore brings it back', async () => {
      const { _id } = await failed()
      await raw().updateOne({ _id }, { $set: { status: 'nonsense' } })
      const unreadable = async (removed: boolean) =>
        (await repository.list({ limit: 10, removed })).unreadable.map(({ id }) => id)
      await repository.remove(_id)
      await repository.remove(_id)
      expect([await unreadable(false), await unreadable(true)]).toEqual([[], [_id]])
      await repository.restore(_id)
      expect([await unreadable(false), await unreadable(true)]).toEqual([[_id], []])
      expect(await raw().findOne({ _id })).toMatchObject({ status: 'nonsense', deletedAt: null })
    })

    it('stops a job that runs', async () => {
      const held = await processing()
      await repository.remove(held._id)
      expect(await repository.get(held._id)).toMatchObject({ status: 'cancelled', lease: null })
      await expect(repository.beat(held)).rejects.toMatchObject({ code: 'lease-lost' })
    })

    it('takes a waiting job out of the queue', async () => {
      const { _id } = await repository.create(newJob())
      await repository.remove(_id)
      expect(await repository.claim(WORKER)).toBeNull()
      await expect(repository.resume(_id)).rejects.toMatchObject({ code: 'job-state' })
    })

    it('does nothing to a job that is removed, and names one that is missing', async () => {
      const { _id } = await failed()
      await repository.remove(_id)
      const once = await repository.get(_id)
      await repository.remove(_id)
      expect(await repository.get(_id)).toEqual(once)
      await expect(repository.remove('nobody')).rejects.toMatchObject({ code: 'job-missing' })
      await expect(repository.restore('nobody')).rejects.toMatchObject({ code: 'job-missing' })
    })
  })

  it('erase forgets a removed job and tells its artifacts', async () => {
    const job = await failed()
    await expect(repository.erase(job._id)).rejects.toMatchObject({ code: 'job-state' })
    await repository.remove(job._id)
    expect(await repository.countReferences(artifactNamed('attempt 1'))).toBe(1)
    expect(await repository.erase(job._id)).toEqual(job.artifacts)
    expect(await repository.get(job._id)).toBeNull()
    expect(await repository.countReferences(artifactNamed('attempt 1'))).toBe(0)
    await expect(repository.erase(job._id)).rejects.toMatchObject({ code: 'job-missing' })
  })
}
