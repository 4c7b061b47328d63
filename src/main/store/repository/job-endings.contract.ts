import { beforeEach, expect, it } from 'vitest'
import type { JobRepository, Worker } from '../job-repository.ts'
import { newJob } from '../test-job.fixture.ts'
import type { OpenRepository } from './open-repository.fixture.ts'

const WORKER: Worker = { owner: 'this-machine', bootId: 'boot' }

/** Endings that somebody is to be told of. */
export function jobEndingsContract(opened: OpenRepository): void {
  let repository: JobRepository
  beforeEach(() => {
    repository = opened().repository
  })
  const untold = async () => (await repository.untold(10)).map(({ _id, endings }) => [_id, endings])

  it('are untold from the moment of the ending until they are told', async () => {
    const { _id: worked } = await repository.create(newJob())
    const claimed = await repository.claim(WORKER)
    const { _id: given } = await repository.create(newJob())
    expect(await untold()).toEqual([])
    await repository.cancel(given)
    if (!claimed) throw new Error('Nothing was claimed.')
    const ended = await repository.transition(claimed, { status: 'failed' })
    expect(ended).toMatchObject({ endings: 1, untold: true })
    expect(new Set(await untold())).toEqual(
      new Set([
        [given, 1],
        [worked, 1]
      ])
    )
    expect(await repository.untold(1)).toHaveLength(1)
    await repository.told({ _id: given, endings: 1 })
    expect(await untold()).toEqual([[worked, 1]])
  })

  it('are no change that anybody is told of', async () => {
    const { _id } = await repository.create(newJob())
    const cancelled = await repository.cancel(_id)
    await repository.told(cancelled)
    expect(await repository.get(_id)).toEqual({ ...cancelled, untold: false })
  })

  it('count anew for a job that is resumed, and nobody tells the new one for the old', async () => {
    const { _id } = await repository.create(newJob())
    const first = await repository.cancel(_id)
    await repository.resume(_id)
    expect(await untold()).toEqual([])
    await repository.cancel(_id)
    await repository.told(first)
    expect(await untold()).toEqual([[_id, 2]])
  })

  it('of jobs that cannot be read hold up no others', async () => {
    const { _id: damaged } = await repository.create(newJob())
    const { _id: sound } = await repository.create(newJob())
    for (const id of [damaged, sound]) await repository.cancel(id)
    await opened()
      .database.collection<{ _id: string; seed: number }>('jobs')
      .updateOne({ _id: damaged }, { $set: { seed: -1 } })
    expect(await untold()).toEqual([[sound, 1]])
  })
}
