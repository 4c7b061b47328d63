import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { StudioError } from '../../domain/errors.ts'
import type { Job } from '../../domain/job.ts'
import type { JobRepository, Worker } from '../store/job-repository.ts'
import { LeaseReaper } from './lease-reaper.ts'
import { openTestStudio, type TestStudio } from './test-studio.fixture.ts'

const LEASE_MS = 9_000
const LOOK_MS = 3_000
const worker = { owner: 'here', bootId: `${process.pid}-mine` }

let studio: TestStudio
beforeAll(async () => {
  studio = await openTestStudio()
})
afterAll(() => studio.close())

/** A job in the hands of a worker elsewhere, and a reaper with a clock of its own. */
async function watched(holder: Worker = { owner: 'elsewhere', bootId: '1-theirs' }) {
  await studio.repository.create(await studio.newJob())
  const held = await studio.repository.claim(holder)
  if (!held) throw new Error('There was nothing to claim.')
  let now = 0
  let isAway = false
  const repository: JobRepository = {
    ...studio.repository,
    leases: async () => {
      if (isAway) throw new StudioError('store-unavailable', 'The database is gone.')
      return await studio.repository.leases()
    }
  }
  const reaper = new LeaseReaper({ repository, worker, leaseMs: LEASE_MS, now: () => now })
  const lookAfter = async (ms: number, own: readonly string[] = []) => {
    now += ms
    return await reaper.reap(new Set(own))
  }
  const away = (value: boolean) => {
    isAway = value
  }
  return { held, lookAfter, away }
}

async function finish(job: Job) {
  await studio.repository.cancel(job._id)
}

describe('a lease that is watched', () => {
  it('ends after the lease time without a beat, and not before', async () => {
    const { held, lookAfter } = await watched()
    expect(await lookAfter(0)).toBe(0)
    expect(await lookAfter(LOOK_MS)).toBe(0)
    expect(await lookAfter(LOOK_MS)).toBe(0)
    expect(await studio.get(held._id)).toMatchObject({ status: 'processing' })
    expect(await lookAfter(LOOK_MS)).toBe(1)
    expect(await studio.get(held._id)).toMatchObject({ status: 'pending', lease: null, claims: 1 })
    await expect(studio.repository.beat(held)).rejects.toMatchObject({ code: 'lease-lost' })
    await finish(held)
  })

  it('begins anew with each beat', async () => {
    const { held, lookAfter } = await watched()
    for (let look = 0; look < 6; look += 1) {
      expect(await lookAfter(LOOK_MS)).toBe(0)
      if (look % 2 === 0) await studio.repository.beat(held)
    }
    await finish(held)
  })

  it('does not end because the watcher slept', async () => {
    const { held, lookAfter } = await watched()
    await lookAfter(0)
    expect(await lookAfter(8 * 60 * 60_000)).toBe(0)
    await studio.repository.beat(held)
    expect(await lookAfter(LOOK_MS)).toBe(0)
    await finish(held)
  })

  it('of a job of its own is left alone', async () => {
    const { held, lookAfter } = await watched()
    for (let look = 0; look < 6; look += 1) expect(await lookAfter(LOOK_MS, [held._id])).toBe(0)
    await finish(held)
  })

  it('does not end because the store was away', async () => {
    const { held, lookAfter, away } = await watched()
    await lookAfter(0)
    expect(await lookAfter(LOOK_MS)).toBe(0)
    away(true)
    await expect(lookAfter(8 * LOOK_MS)).rejects.toMatchObject({ code: 'store-unavailable' })
    away(false)
    expect(await lookAfter(LOOK_MS)).toBe(0)
    expect(await lookAfter(LOOK_MS)).toBe(0)
    await studio.repository.beat(held)
    await finish(held)
  })

  it('that this process was given without knowing ends uncharged', async () => {
    const { held, lookAfter } = await watched(worker)
    for (let look = 0; look < 3; look += 1) expect(await lookAfter(LOOK_MS)).toBe(0)
    expect(await lookAfter(LOOK_MS)).toBe(1)
    expect(await studio.get(held._id)).toMatchObject({ status: 'pending', claims: 0 })
    await finish(held)
  })
})
