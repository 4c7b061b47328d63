import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { JOB_ORDERS, type JobFilter, type JobSort } from '../../contract/studio/job-filter.ts'
import { StudioError, serializeError } from '../../domain/errors.ts'
import { type JobSummary, jobStatusSchema } from '../../domain/job.ts'
import { summarize } from '../../domain/job-summary.ts'
import { sampleJob } from '../../domain/rules/sample-job.fixture.ts'
import { anyJobSummary } from '../testing/job-summaries.fixture.ts'
import { type JobList, withChangedJobs, withPage } from './job-list.ts'
import { comparator, matches } from './job-order.ts'

const anyFilter: fc.Arbitrary<JobFilter> = fc.record(
  {
    status: fc.subarray([...jobStatusSchema.options], { minLength: 1 }),
    stars: fc.nat(5),
    flag: fc.subarray(['none', 'pick', 'reject'] as const, { minLength: 1 }),
    generator: fc.constant(['retouch']),
    failedCriterion: fc.constant(['identity' as const]),
    subjectIds: fc.constant(['s1'])
  },
  { requiredKeys: [] }
)
const anySort: fc.Arbitrary<JobSort> = fc.record({
  by: fc.constantFrom(...JOB_ORDERS),
  direction: fc.constantFrom('ascending' as const, 'descending' as const)
})
const jobsById = fc.uniqueArray(anyJobSummary, { selector: (job) => job._id })

/** What the studio would answer: everything that fits, in order. */
const whole = (jobs: Iterable<JobSummary>, filter: JobFilter, sort: JobSort) =>
  [...jobs].filter((job) => matches(job, filter)).sort(comparator(sort))

describe('a list of jobs', () => {
  it('orders any two jobs, and turns round with the direction', () => {
    fc.assert(
      fc.property(anyJobSummary, anyJobSummary, anySort, (a, b, sort) => {
        const order = comparator(sort)
        expect(Math.abs(Math.sign(order(a, b)) + Math.sign(order(b, a)))).toBe(0)
        if (a._id !== b._id) expect(order(a, b)).not.toBe(0)
      })
    )
  })

  it('is after changes what a fresh reading would be, as far as it was read', () => {
    fc.assert(
      fc.property(
        jobsById,
        fc.array(anyJobSummary, { maxLength: 12 }),
        anyFilter,
        anySort,
        fc.nat(10),
        (before, changes, filter, sort, page) => {
          const studio = new Map(before.map((job) => [job._id, job]))
          const all = whole(before, filter, sort)
          const read = all.slice(0, page)
          const empty: JobList = { filter, sort, jobs: [], unreadable: [], next: null, stale: false }
          let list = withPage(empty, { items: read, unreadable: [], next: page < all.length ? 'next' : null })
          for (const [index, change] of changes.entries()) {
            const job = { ...change, revision: 10 + index }
            studio.set(job._id, job)
            const gone = job.deletedAt !== null
            list = withChangedJobs(list, gone ? [] : [job], gone ? [job._id] : [])
            if (list.stale) return
          }
          const now = whole(studio.values(), filter, sort)
          // What was read stays a beginning of the whole list, in the right order.
          expect(list.jobs.map(({ _id }) => _id)).toEqual(now.slice(0, list.jobs.length).map(({ _id }) => _id))
          if (list.next === null) expect(list.jobs).toHaveLength(now.length)
        }
      )
    )
  })

  it('leaves to the studio where words are searched', () => {
    const [job] = fc.sample(
      anyJobSummary.filter(({ deletedAt }) => deletedAt === null),
      1
    )
    if (!job) throw new Error('no sample')
    const list: JobList = { filter: { text: 'anna' }, sort: {}, jobs: [], unreadable: [], next: null, stale: false }
    const after = withChangedJobs(list, [job], [])
    expect(after).toMatchObject({ jobs: [], stale: true })
  })

  it('names each job that cannot be read once, until it is removed or can be read', () => {
    const unreadable = ['a', 'b'].map((id) => ({
      id,
      error: serializeError(new StudioError('store-damaged', 'Damaged.'))
    }))
    const empty: JobList = { filter: {}, sort: {}, jobs: [], unreadable: [], next: null, stale: false }
    const page = { items: [], unreadable, next: null }
    const list = withPage(withPage(empty, page), page)
    const ids = (of: JobList) => of.unreadable.map(({ id }) => id)
    expect(ids(list)).toEqual(['a', 'b'])
    expect(ids(withChangedJobs(list, [], ['a']))).toEqual(['b'])
    const mended = withChangedJobs(list, [summarize(sampleJob({ _id: 'b' }))], [])
    expect([ids(mended), mended.jobs.map(({ _id }) => _id)]).toEqual([['a'], ['b']])
  })

  it('does not change when it is told what it knows', () => {
    fc.assert(
      fc.property(jobsById, anySort, (jobs, sort) => {
        const empty: JobList = { filter: {}, sort, jobs: [], unreadable: [], next: null, stale: false }
        const list = withPage(empty, { items: whole(jobs, {}, sort), unreadable: [], next: null })
        expect(withChangedJobs(list, list.jobs, [])).toBe(list)
      })
    )
  })
})
