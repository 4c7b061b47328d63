import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Job } from '../../../domain/job.ts'
import type { JobRepository } from '../job-repository.ts'
import { attempt, newJob } from '../test-job.fixture.ts'
import type { OpenRepository } from './open-repository.fixture.ts'

type Step =
  | { readonly by: 'user'; readonly does: 'create' | 'cancel' | 'resume' | 'remove' | 'restore'; readonly at: number }
  | { readonly by: 'worker'; readonly does: 'claim' | 'attempt' | 'end' | 'beat' | 'release'; readonly at: number }
  | { readonly by: 'reaper'; readonly does: 'reclaim'; readonly at: number }

const at = fc.nat({ max: 7 })
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    by: fc.constant<'user'>('user'),
    does: fc.constantFrom('create', 'create', 'cancel', 'resume', 'remove', 'restore'),
    at
  }),
  fc.record({
    by: fc.constant<'worker'>('worker'),
    does: fc.constantFrom('claim', 'claim', 'attempt', 'end', 'beat', 'release'),
    at
  }),
  fc.record({ by: fc.constant<'reaper'>('reaper'), does: fc.constant<'reclaim'>('reclaim'), at })
)

/** Codes of refusals that are right answers to a step at the wrong moment. */
const REFUSALS = new Set(['job-state', 'lease-lost'])

/** Users, workers that may long have lost their job, and a reaper, in random order. */
class Play {
  readonly ids: string[] = []
  /** Every claim that was ever given, dead ones too. */
  readonly held: Job[] = []
  readonly #repository: JobRepository

  constructor(repository: JobRepository) {
    this.#repository = repository
  }

  async take({ does, at: index }: Step): Promise<void> {
    const id = this.ids[index % Math.max(1, this.ids.length)]
    const held = this.held[index % Math.max(1, this.held.length)]
    try {
      await this.#act(does, id, held)
    } catch (thrown) {
      const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined
      if (typeof code !== 'string' || !REFUSALS.has(code)) throw thrown
    }
  }

  async #act(does: Step['does'], id: string | undefined, held: Job | undefined): Promise<void> {
    const repository = this.#repository
    if (does === 'create') {
      this.ids.push((await repository.create(newJob()))._id)
    } else if (does === 'claim') {
      const job = await repository.claim({ owner: 'worker', bootId: 'boot' })
      if (job) this.held.push(job)
    } else if (does === 'reclaim') {
      const [seen] = await repository.leases()
      if (seen) await repository.reclaim(seen.id, seen.lease)
    } else if (does === 'cancel' || does === 'resume' || does === 'remove' || does === 'restore') {
      if (id !== undefined) await repository[does](id)
    } else if (held) {
      await this.#work(does, held)
    }
  }

  /** A worker may write if, and only if, the stored job has its lease. */
  async #work(does: 'attempt' | 'end' | 'beat' | 'release', held: Job): Promise<void> {
    const stored = await this.#repository.get(held._id)
    const owns = stored?.lease?.token === held.lease?.token
    const written = await this.#write(does, held).then(
      (job) => {
        // Each write follows the one before it.
        if (job) this.held[this.held.indexOf(held)] = { ...job, lease: job.lease ?? held.lease }
        return true
      },
      (thrown: unknown) => {
        expect(thrown).toMatchObject({ code: 'lease-lost' })
        return false
      }
    )
    expect(written).toBe(owns)
    if (!written) expect(await this.#repository.get(held._id)).toEqual(stored)
  }

  /** The job as it was written; null where nothing of it is told. */
  async #write(does: 'attempt' | 'end' | 'beat' | 'release', held: Job): Promise<Job | null> {
    switch (does) {
      case 'attempt':
        return this.#repository.transition(held, { attempts: [attempt(1, 0.5)] })
      case 'end':
        return this.#repository.transition(held, { status: 'failed' })
      case 'beat':
        await this.#repository.beat(held)
        return null
      case 'release':
        await this.#repository.release(held, { charge: true })
        return null
    }
  }
}

export function jobLifecycleContract(opened: OpenRepository): void {
  it('holds its rules whatever happens in whatever order', async () => {
    const property = fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const { repository } = opened()
      const play = new Play(repository)
      const revisions = new Map<string, number>()
      for (const each of steps) {
        await play.take(each)
        for (const id of play.ids) {
          const job = await repository.get(id)
          if (!job) throw new Error('A job has vanished.')
          expect(job.lease !== null).toBe(job.status === 'processing')
          if (job.deletedAt) expect(job.status).not.toMatch(/pending|processing/)
          expect(job.claims).toBeGreaterThanOrEqual(0)
          expect(job.revision).toBeGreaterThanOrEqual(revisions.get(id) ?? 0)
          revisions.set(id, job.revision)
        }
      }
    })
    await fc.assert(property, { numRuns: 40 })
  })
}
