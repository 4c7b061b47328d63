import { spawnSync } from 'node:child_process'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { StudioError } from '../../domain/errors.ts'
import type { Job } from '../../domain/job.ts'
import type { JobRepository } from '../store/job-repository.ts'
import type { JobProgress } from './job-events.ts'
import type { JobManager } from './job-manager.ts'
import { type EngineCall, type TestEnginesOptions, testEngines } from './test-engines.fixture.ts'
import { openTestStudio, signal, type TestStudio } from './test-studio.fixture.ts'

let studio: TestStudio
beforeAll(async () => {
  studio = await openTestStudio()
})
afterEach(() => studio.stopManagers())
afterAll(() => studio.close())

function passing(onCall?: TestEnginesOptions['onCall']) {
  return testEngines({ sharpness: [1], ...(onCall && { onCall }) })
}

async function submitAll(manager: JobManager, priorities: readonly number[]): Promise<Job[]> {
  const jobs: Job[] = []
  for (const priority of priorities) jobs.push(await manager.submit(await studio.newJob({ priority })))
  return jobs
}

/** The ids of jobs in the order in which they are begun. */
function beginnings(manager: JobManager): string[] {
  const begun: string[] = []
  manager.onChanged(({ _id, status }) => {
    if (status === 'processing' && !begun.includes(_id)) begun.push(_id)
  })
  return begun
}

describe('the queue', () => {
  it('gives the job of highest priority first, equal ones in the order they came', async () => {
    const manager = studio.manager(passing())
    const begun = beginnings(manager)
    const [a, b, c, d] = await submitAll(manager, [0, 5, 0, 5])
    await manager.start()
    await Promise.all([a, b, c, d].map((job) => manager.wait(job?._id ?? '')))
    expect(begun).toEqual([b?._id, d?._id, a?._id, c?._id])
  })

  it('begins no job while it is paused, and lets the running one end', async () => {
    const { give, given } = signal()
    const generating = signal()
    const manager = studio.manager(
      passing(async (call) => {
        if (call !== 'generate') return
        generating.give()
        await given
      })
    )
    const paused: boolean[] = []
    manager.onPaused((value) => paused.push(value))
    await manager.start()
    const [running] = await submitAll(manager, [0])
    await generating.given
    manager.pause()
    manager.pause()
    const [next] = await submitAll(manager, [0])
    give()
    expect((await manager.wait(running?._id ?? '')).status).toBe('completed')
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(await studio.get(next?._id ?? '')).toMatchObject({ status: 'pending', claims: 0 })
    manager.resume()
    expect((await manager.wait(next?._id ?? '')).status).toBe('completed')
    expect(paused).toEqual([true, false])
  })

  it('works on as many jobs at once as it is set to', async () => {
    let atOnce = 0
    let most = 0
    const three = signal()
    const manager = studio.manager(
      passing(async (call) => {
        if (call !== 'generate') return
        atOnce += 1
        most = Math.max(most, atOnce)
        if (atOnce === 3) three.give()
        await three.given
        await new Promise((resolve) => setTimeout(resolve, 20))
        atOnce -= 1
      }),
      { concurrency: 3 }
    )
    await manager.start()
    const jobs = await submitAll(manager, [0, 0, 0, 0, 0, 0])
    await Promise.all(jobs.map((job) => manager.wait(job._id)))
    expect(most).toBe(3)
  })

  it('takes jobs that another process has submitted', async () => {
    const manager = studio.manager(passing())
    await manager.start()
    const { _id } = await studio.repository.create(await studio.newJob())
    expect((await manager.wait(_id)).status).toBe('completed')
  })

  it('has a job say that no worker has its engine, until one comes that has', async () => {
    const engines = () => testEngines({ sharpness: [1] })
    const retoucher = { generators: ['retouch'], vlms: ['rules'] }
    await studio.manager(engines(), {}, studio.repository, retoucher).start()
    const order = await studio.newJob({ requestedEngines: { generator: 'painter', vlm: null } })
    const { _id } = await studio.repository.create(order)
    const waits = async () => (await studio.get(_id)).waiting?.error.message
    await expect.poll(waits, { timeout: 20_000 }).toBe('No running worker has the engine "painter".')
    const painter = studio.manager(engines(), {}, studio.repository, { ...retoucher, generators: ['painter'] })
    await painter.start()
    expect(await painter.wait(_id)).toMatchObject({ status: 'completed', waiting: null })
  })

  it('holds no more jobs than it may while engines are away', async () => {
    const manager = studio.manager(
      async () => {
        throw new StudioError('engine-unavailable', 'It is away.')
      },
      { maxHeld: 2 }
    )
    await manager.start()
    const jobs = await submitAll(manager, [0, 0, 0])
    const waits = async (id = '') => (await studio.get(id)).waiting !== null
    await expect.poll(() => waits(jobs[1]?._id)).toBe(true)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(await studio.get(jobs[2]?._id ?? '')).toMatchObject({ status: 'pending' })
    await Promise.all(jobs.map((job) => manager.cancel(job._id)))
  })
})

describe('waiting for a job', () => {
  it('ends when the job ends, whoever works on it', async () => {
    const here = studio.manager(passing())
    const there = studio.manager(passing())
    const [job] = await submitAll(here, [0])
    await there.start()
    expect((await here.wait(job?._id ?? '')).status).toBe('completed')
    expect((await here.wait(job?._id ?? '')).status).toBe('completed')
  })

  it('reads no whole job before one has ended in another process', async () => {
    let looks = 0
    let reads = 0
    const watched: JobRepository = {
      ...studio.repository,
      standing: (id) => {
        looks += 1
        return studio.repository.standing(id)
      },
      get: (id) => {
        reads += 1
        return studio.repository.get(id)
      }
    }
    const here = studio.manager(passing(), {}, watched)
    const [job] = await submitAll(here, [0])
    const waiting = here.wait(job?._id ?? '')
    await expect.poll(() => looks).toBeGreaterThan(2)
    expect(reads).toBe(0)
    await studio.manager(passing()).start()
    expect((await waiting).status).toBe('completed')
    expect(reads).toBe(1)
  })

  it('fails for a job that is not there', async () => {
    await expect(studio.manager(passing()).wait('nobody')).rejects.toMatchObject({ code: 'job-missing' })
  })

  it('can be given up', async () => {
    const manager = studio.manager(passing())
    const [job] = await submitAll(manager, [0])
    const patience = new AbortController()
    const waiting = manager.wait(job?._id ?? '', patience.signal)
    patience.abort(new StudioError('cancelled', 'Enough.'))
    await expect(waiting).rejects.toMatchObject({ message: 'Enough.' })
    await manager.cancel(job?._id ?? '')
  })
})

describe('what is told', () => {
  it('is each step with its place and progress', async () => {
    const manager = studio.manager(
      passing(async (call, { onProgress }) => {
        if (call === 'generate') onProgress({ activity: 'painting', done: 1, total: 4, withinMs: 1_000 })
      })
    )
    const told: JobProgress[] = []
    manager.onProgress((progress) => told.push(progress))
    await manager.start()
    const [job] = await submitAll(manager, [0])
    await manager.wait(job?._id ?? '')
    const steps = told.filter(({ progress }) => progress === null).map(({ step, attempt }) => [step, attempt])
    expect(steps).toEqual([
      ['inspect', null],
      ['inspect', null],
      ['brief', 1],
      ['generate', 1],
      ['judge', 1],
      ['finish', 1],
      ['report', null]
    ])
    const painting = told.find(({ progress }) => progress !== null)
    expect(painting).toMatchObject({
      jobId: job?._id,
      name: 'anna.png',
      step: 'generate',
      progress: { activity: 'painting', done: 1, total: 4 }
    })
  })

  it('is the time left, once jobs have been made', async () => {
    const manager = studio.manager(passing())
    await manager.start()
    const [first] = await submitAll(manager, [0])
    await manager.wait(first?._id ?? '')
    await manager.stop()
    const later = studio.manager(passing())
    const left: (number | null)[] = []
    later.onProgress(({ leftMs, step }) => step === 'generate' && left.push(leftMs))
    await later.start()
    const [second] = await submitAll(later, [0])
    await later.wait(second?._id ?? '')
    expect(left).toEqual([expect.any(Number)])
  })

  it('is every stored change', async () => {
    const manager = studio.manager(passing())
    const revisions: number[] = []
    manager.onChanged((job) => revisions.push(job.revision))
    await manager.start()
    const [job] = await submitAll(manager, [0])
    const ended = await manager.wait(job?._id ?? '')
    expect(revisions).toEqual(Array.from({ length: ended.revision + 1 }, (_, revision) => revision))
  })

  it('cannot be disturbed by a listener that throws', async () => {
    const manager = studio.manager(passing())
    const trouble: StudioError[] = []
    manager.onTrouble((error) => trouble.push(error))
    manager.onChanged(() => {
      throw new Error('The window is gone.')
    })
    await manager.start()
    const [job] = await submitAll(manager, [0])
    expect((await manager.wait(job?._id ?? '')).status).toBe('completed')
    expect(trouble[0]?.message).toBe('The window is gone.')
  })
})

describe('a worker that ended', () => {
  const other = (owner: string, bootId: string) => ({ owner, bootId })
  const claimedBy = async (owner: string, bootId: string) => {
    const { _id } = await studio.repository.create(await studio.newJob())
    await studio.repository.claim(other(owner, bootId))
    return _id
  }

  it('on another machine loses its job after the lease time without a beat', async () => {
    const id = await claimedBy('other-machine', '1-a')
    const manager = studio.manager(passing(), { leaseMs: 300 })
    await manager.start()
    expect(await manager.wait(id)).toMatchObject({ status: 'completed', claims: 2 })
  })

  it('on this machine loses its job at once', async () => {
    const { pid } = spawnSync(process.execPath, ['--eval', ''])
    const id = await claimedBy('this-machine', `${pid}-a`)
    const manager = studio.manager(passing(), { leaseMs: 60_000 })
    await manager.start()
    expect(await manager.wait(id)).toMatchObject({ status: 'completed', claims: 2 })
  })

  it('too often costs the job', async () => {
    const { _id } = await studio.repository.create(await studio.newJob())
    for (let claims = 0; claims < 5; claims += 1) {
      await studio.repository.claim(other('other-machine', `${claims}`))
      const lease = (await studio.repository.leases()).find(({ id }) => id === _id)?.lease
      if (lease) await studio.repository.reclaim(_id, lease)
    }
    const calls: EngineCall[] = []
    const manager = studio.manager(passing(async (call) => void calls.push(call)))
    await manager.start()
    const job = await manager.wait(_id)
    expect(calls).toEqual([])
    expect(job).toMatchObject({
      status: 'failed',
      claims: 6,
      error: { code: 'job-claims-exhausted', message: 'It was begun 5 times, and each time its worker ended.' },
      report: { writtenBy: { engine: 'plain' } }
    })
  })
})

describe('a job that is taken away', () => {
  it('by another process, e.g. to cancel it, is left by this one', async () => {
    const left = signal()
    const generating = signal()
    const manager = studio.manager(
      passing(async (call, context) => {
        if (call !== 'generate') return
        context.signal.addEventListener('abort', left.give)
        generating.give()
        await new Promise(() => undefined)
      }),
      { leaseMs: 300 }
    )
    const statuses: string[] = []
    manager.onChanged((job) => statuses.push(job.status))
    await manager.start()
    const [job] = await submitAll(manager, [0])
    await generating.given
    await studio.repository.cancel(job?._id ?? '')
    await left.given
    await expect.poll(() => statuses.at(-1)).toBe('cancelled')
  })
})

describe('a job that cannot be read', () => {
  it('keeps none of the others from being made', async () => {
    const damaged = new StudioError('store-damaged', 'The job x cannot be read.')
    const list: JobRepository['list'] = async () => {
      throw damaged
    }
    const manager = studio.manager(passing(), {}, { ...studio.repository, list })
    const trouble: StudioError[] = []
    manager.onTrouble((error) => trouble.push(error))
    await manager.start()
    const [job] = await submitAll(manager, [0])
    expect((await manager.wait(job?._id ?? '')).status).toBe('completed')
    expect(trouble).toEqual([damaged])
  })
})

describe('a store that is away', () => {
  const away = () => new StudioError('store-unavailable', 'The drive is gone.')

  function managerOn(repository: JobRepository) {
    const manager = studio.manager(passing(), { leaseMs: 200 }, repository)
    const trouble: StudioError[] = []
    manager.onTrouble((error) => trouble.push(error))
    return { manager, trouble }
  }

  it('when a job is claimed is asked again', async () => {
    let failures = 2
    const claim: JobRepository['claim'] = async (worker) => {
      failures -= 1
      if (failures >= 0) throw away()
      return await studio.repository.claim(worker)
    }
    const { manager, trouble } = managerOn({ ...studio.repository, claim })
    await manager.start()
    const [job] = await submitAll(manager, [0])
    expect((await manager.wait(job?._id ?? '')).status).toBe('completed')
    expect(trouble.map(({ message }) => message)).toEqual(['The drive is gone.', 'The drive is gone.'])
  })

  it('when a step is stored costs the job neither its life nor a claim', async () => {
    let failures = 1
    const transition: JobRepository['transition'] = async (held, change) => {
      if (change.attempts?.[0]?.picture && failures > 0) {
        failures -= 1
        throw away()
      }
      return await studio.repository.transition(held, change)
    }
    const { manager, trouble } = managerOn({ ...studio.repository, transition })
    await manager.start()
    const [job] = await submitAll(manager, [0])
    expect(await manager.wait(job?._id ?? '')).toMatchObject({ status: 'completed', claims: 1, error: null })
    expect(trouble).toHaveLength(1)
  })
})
