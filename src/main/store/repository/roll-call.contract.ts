import { beforeEach, expect, it } from 'vitest'
import type { Job } from '../../../domain/job.ts'
import type { Identified } from '../collection.ts'
import type { JobRepository, Worker, WorkerAbilities } from '../job-repository.ts'
import { newJob } from '../test-job.fixture.ts'
import type { OpenRepository } from './open-repository.fixture.ts'
import { rollCall } from './roll-call.ts'

/** Longer than any test takes. */
const LONG_MS = 600_000
const RETOUCHER = { owner: 'one', bootId: 'one-1' }
const PAINTER = { owner: 'two', bootId: 'two-1' }
const RETOUCHES = { generators: ['retouch'], vlms: ['rules'] }
const PAINTS = { generators: ['retouch', 'flux'], vlms: ['rules'] }

/** Workers that tell each other what engines they have. */
export function rollCallContract(opened: OpenRepository): void {
  let repository: JobRepository
  const workers = () => opened().database.collection<Identified & { seenAt?: Date }>('workers')
  beforeEach(async () => {
    repository = opened().repository
    while ((await workers().deleteOne({})).deletedCount > 0);
  })

  const ordered = async (generator: string | null) =>
    (await repository.create(newJob({ requestedEngines: { generator, vlm: null } })))._id
  const waits = async (id: string) => (await repository.get(id))?.waiting?.error ?? null

  it('has a job say that no worker has its engine, and no other', async () => {
    const [painted, retouched, any] = [await ordered('flux'), await ordered('retouch'), await ordered(null)]
    await repository.rollCall(RETOUCHER, RETOUCHES, LONG_MS)
    expect(await waits(painted)).toMatchObject({
      code: 'engine-without-worker',
      message: 'No running worker has the engine "flux".'
    })
    expect([await waits(retouched), await waits(any)]).toEqual([null, null])
    expect((await repository.list({ limit: 10 })).items.map(({ waiting }) => waiting)).toEqual([false, false, true])
  })

  it('tells of it once, and as a change', async () => {
    const id = await ordered('flux')
    const { position } = await repository.changesSince(null)
    await repository.rollCall(RETOUCHER, RETOUCHES, LONG_MS)
    await repository.rollCall(RETOUCHER, RETOUCHES, LONG_MS)
    expect((await repository.get(id))?.revision).toBe(1)
    expect((await repository.changesSince(position)).changed.map(({ _id, waiting }) => [_id, waiting])).toEqual([
      [id, true]
    ])
  })

  it('takes that back once a worker has it, whoever looks', async () => {
    const id = await ordered('flux')
    await repository.rollCall(RETOUCHER, RETOUCHES, LONG_MS)
    await repository.rollCall(PAINTER, PAINTS, LONG_MS)
    expect(await waits(id)).toBeNull()
    await repository.rollCall(RETOUCHER, RETOUCHES, LONG_MS)
    expect(await waits(id)).toBeNull()
  })

  it('reads only the jobs that have to say something else', async () => {
    const jobs = opened().database.collection<Job>('jobs')
    const read: string[] = []
    const watched = rollCall(
      {
        find: (filter, options) => ({
          async toArray() {
            const rows = await jobs.find(filter, options).toArray()
            read.push(...rows.map(({ _id }) => String(_id)))
            return rows
          }
        }),
        updateOne: (filter, update) => jobs.updateOne(filter, update)
      },
      opened().database
    )
    const readBy = async (...[worker, abilities]: [Worker, WorkerAbilities]) => {
      read.length = 0
      await watched.rollCall(worker, abilities, LONG_MS)
      return new Set(read)
    }
    const [painted, retouched] = [await ordered('flux'), await ordered('retouch')]
    const both = (await repository.create(newJob({ requestedEngines: { generator: 'flux', vlm: 'smolvlm' } })))._id
    expect(await readBy(RETOUCHER, RETOUCHES)).toEqual(new Set([painted, both]))
    expect(await readBy(RETOUCHER, RETOUCHES)).toEqual(new Set())
    expect(await readBy(PAINTER, PAINTS)).toEqual(new Set([painted, both]))
    expect((await waits(both))?.message).toBe('No running worker has the engine "smolvlm".')
    expect(await readBy(RETOUCHER, RETOUCHES)).toEqual(new Set())
    await workers().deleteOne({ _id: PAINTER.bootId })
    expect(await readBy(RETOUCHER, RETOUCHES)).toEqual(new Set([painted, both]))
    expect((await waits(both))?.message).toBe('No running worker has the engine "flux" and "smolvlm".')
    await workers().deleteOne({ _id: RETOUCHER.bootId })
    expect(await readBy(PAINTER, { generators: ['flux'], vlms: ['rules'] })).toEqual(
      new Set([painted, both, retouched])
    )
  })

  it('reaches every job, however many wait', async () => {
    const many = 201
    const before = await Promise.all(Array.from({ length: many }, () => ordered('retouch')))
    const ids = await Promise.all(Array.from({ length: many }, () => ordered('flux')))
    const saying = async () => {
      const errors = await Promise.all([...before, ...ids].map(waits))
      return errors.map((error) => error !== null)
    }
    await repository.rollCall(RETOUCHER, RETOUCHES, LONG_MS)
    expect(await saying()).toEqual([...before.map(() => false), ...ids.map(() => true)])
    await repository.rollCall(PAINTER, PAINTS, LONG_MS)
    expect(await saying()).toEqual([...before, ...ids].map(() => false))
  })

  it('does not count a worker that has not been heard of', async () => {
    const id = await ordered('flux')
    await repository.rollCall(PAINTER, PAINTS, LONG_MS)
    const long = new Date((await opened().database.now()).getTime() - LONG_MS - 1)
    await workers().updateOne({ _id: PAINTER.bootId }, { $set: { seenAt: long } })
    await repository.rollCall(RETOUCHER, RETOUCHES, LONG_MS)
    expect(await waits(id)).not.toBeNull()
    await workers().updateOne({ _id: PAINTER.bootId }, { $set: { seenAt: new Date(0) } })
    await repository.rollCall(RETOUCHER, RETOUCHES, LONG_MS)
    expect(await workers().findOne({ _id: PAINTER.bootId })).toBeNull()
  })

  it('leaves what an engine that is away has said', async () => {
    const { _id } = await repository.create(newJob({ requestedEngines: { generator: 'flux', vlm: null } }))
    const held = await repository.claim({ ...PAINTER, abilities: PAINTS })
    if (!held) throw new Error('There was nothing to claim.')
    const error = { name: 'StudioError', code: 'engine-unavailable', message: 'It is away.', hint: 'Wait.' } as const
    const waiting = await repository.transition(held, { waiting: { error, since: new Date() } })
    await repository.release(waiting, { charge: false })
    await repository.rollCall(RETOUCHER, RETOUCHES, LONG_MS)
    expect(await waits(_id)).toMatchObject({ code: 'engine-unavailable' })
  })
}
