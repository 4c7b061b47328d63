import { beforeEach, expect, it } from 'vitest'
import type { Identified } from '../collection.ts'
import type { JobRepository } from '../job-repository.ts'
import { newJob } from '../test-job.fixture.ts'
import { createJobRepository } from './create-job-repository.ts'
import type { OpenRepository } from './open-repository.fixture.ts'

/** How changes are told. */
export function jobChangesContract(opened: OpenRepository): void {
  let repository: JobRepository
  beforeEach(() => {
    repository = opened().repository
  })

  /** Follows changes as a reader does that knows jobs by id and revision. */
  async function follower(from: JobRepository = repository) {
    let { position } = await from.changesSince(null)
    const revisions = new Map<string, number>()
    const removed = new Set<string>()
    return {
      revisions,
      removed,
      async look(): Promise<number> {
        const changes = await from.changesSince(position)
        for (const job of changes.changed) revisions.set(job._id, Math.max(job.revision, revisions.get(job._id) ?? 0))
        for (const id of changes.removed) removed.add(id)
        position = changes.position
        return changes.changed.length + changes.removed.length
      }
    }
  }

  it('begins with nothing', async () => {
    await repository.create(newJob())
    expect(await repository.changesSince(null)).toMatchObject({ changed: [], removed: [] })
  })

  it('tells what was created, changed and removed after a position', async () => {
    const reader = await follower()
    const first = await repository.create(newJob())
    await reader.look()
    expect(reader.revisions).toEqual(new Map([[first._id, 0]]))
    const second = await repository.create(newJob())
    await repository.setPriority(first._id, 9)
    const held = await repository.claim({ owner: 'worker', bootId: 'boot' })
    await reader.look()
    expect(held?._id).toBe(first._id)
    expect(reader.revisions).toEqual(
      new Map([
        [first._id, 2],
        [second._id, 0]
      ])
    )
    await repository.remove(second._id)
    await reader.look()
    expect(reader.removed).toEqual(new Set([second._id]))
  })

  it('does not tell of a beat', async () => {
    await repository.create(newJob())
    const held = await repository.claim({ owner: 'worker', bootId: 'boot' })
    const reader = await follower()
    await reader.look()
    const before = new Map(reader.revisions)
    if (held) await repository.beat(held)
    await reader.look()
    expect(reader.revisions).toEqual(before)
  })

  it('tells more than one call can hold in several', async () => {
    const reader = await follower()
    const ids = new Set<string>()
    for (let made = 0; made < 250; made += 1) ids.add((await repository.create(newJob()))._id)
    expect(await reader.look()).toBe(200)
    await reader.look()
    expect(new Set(reader.revisions.keys())).toEqual(ids)
  })

  it('goes on past jobs that cannot be read, also where they end what one call can hold', async () => {
    const jobs = opened().database.collection<Identified & { schemaVersion: number }>('jobs')
    const reader = await follower()
    const ids: string[] = []
    for (let made = 0; made < 201; made += 1) ids.push((await repository.create(newJob()))._id)
    for (const _id of [ids[3], ids[199]]) await jobs.updateOne({ _id: _id ?? '' }, { $set: { schemaVersion: 99 } })
    expect(await reader.look()).toBe(198)
    await reader.look()
    expect(new Set(reader.revisions.keys())).toEqual(new Set(ids.filter((_, index) => index !== 3 && index !== 199)))
  })

  it('misses nothing when the clock has been set back', async () => {
    const { database } = opened()
    let ahead = 3_600_000
    const shifted = await createJobRepository({
      ...database,
      now: async () => new Date((await database.now()).getTime() + ahead)
    })
    const reader = await follower(shifted)
    await reader.look()
    ahead = 0
    const { _id } = await repository.create(newJob())
    await reader.look()
    expect([...reader.revisions.keys()]).toEqual([_id])
  })
}
