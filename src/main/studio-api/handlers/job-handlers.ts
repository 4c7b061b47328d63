import type { StudioCallRequest } from '../../../contract/studio/calls.ts'
import { StudioError, serializeError } from '../../../domain/errors.ts'
import type { Job, JobStatus } from '../../../domain/job.ts'
import { searchWords } from '../../../domain/job-listing.ts'
import { jobMissing } from '../../../domain/job-missing.ts'
import { summarize } from '../../../domain/job-summary.ts'
import { parseParameters } from '../../../domain/parameters/parameters.ts'
import type { JobFilter } from '../../store/job-repository.ts'
import type { ApiParts } from '../api-parts.ts'
import { eachOf } from '../bulk.ts'
import { eraseJob } from '../erase.ts'
import type { CallsIn, HandlersOf } from '../handlers.ts'
import { estimate } from '../orders/estimate.ts'
import { reorder } from '../orders/reorder.ts'
import { freshSeed, newJobOf, submitOrders } from '../orders/submit.ts'

type AskedFilter = StudioCallRequest<'jobs.counts'>['filter']

const MOST_IDS = 10_000
const PAGE = 200

export function jobHandlers(parts: ApiParts): HandlersOf<CallsIn<'jobs'>> {
  const { studio, notices, nudge } = parts
  const { jobs, manager, library } = studio

  const said = new Set<string>()
  /** Once for each: lists are read again and again. */
  function sayUnreadable(id: string, error: StudioError): void {
    if (said.has(id)) return
    said.add(id)
    notices.sayError(error, 'warning', id)
    studio.log.warn({ jobId: id, err: error }, 'a job cannot be read; lists leave it out')
  }

  async function filterOf({ text, bin, ...filter }: AskedFilter): Promise<JobFilter> {
    const words = searchWords(text ?? '')
    if (words.length === 0) return { ...filter, removed: bin }
    const subjects = await library.subjects({ bin })
    const named = subjects.map(({ _id, name }) => ({ _id, words: searchWords(name) }))
    return {
      ...filter,
      removed: bin,
      words: words.map((word) => ({
        word,
        subjectIds: named.filter((subject) => subject.words.some((each) => each.startsWith(word))).map(({ _id }) => _id)
      }))
    }
  }

  async function found(id: string): Promise<Job> {
    const job = await jobs.get(id)
    if (!job) throw jobMissing(id)
    return job
  }

  /** null of a damaged job. @throws StudioError `store-too-new`, `job-missing`. */
  async function statusIfReadable(id: string): Promise<JobStatus | null> {
    try {
      return (await found(id)).status
    } catch (thrown) {
      if (thrown instanceof StudioError && thrown.code === 'store-damaged') return null
      throw thrown
    }
  }

  const nudging = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work
    } finally {
      nudge()
    }
  }

  return {
    'jobs.submit': ({ orders }, { signal }) => nudging(submitOrders(parts, orders, signal)),
    'jobs.estimate': ({ settings }) => estimate(studio, settings),
    async 'jobs.list'({ filter, sort, cursor, limit }) {
      const page = await jobs.list({ ...(await filterOf(filter)), order: sort, cursor: cursor ?? undefined, limit })
      for (const { id, error } of page.unreadable) sayUnreadable(id, error)
      return { ...page, unreadable: page.unreadable.map(({ id, error }) => ({ id, error: serializeError(error) })) }
    },
    async 'jobs.ids'({ filter, sort }, { signal }) {
      const wanted = await filterOf(filter)
      const ids: string[] = []
      for (let cursor: string | undefined; ids.length < MOST_IDS; ) {
        signal.throwIfAborted()
        const page = await jobs.list({ ...wanted, order: sort, cursor, limit: PAGE })
        ids.push(...page.items.map(({ _id }) => _id))
        if (page.next === null) break
        cursor = page.next
      }
      return { ids: ids.slice(0, MOST_IDS) }
    },
    'jobs.get': ({ id }) => found(id),
    'jobs.counts': async ({ filter }) => await jobs.counts(await filterOf(filter)),
    'jobs.cancel': ({ ids }, { signal }) => nudging(eachOf(ids, (id) => manager.cancel(id), signal)),
    'jobs.retry': ({ ids }, { signal }) => nudging(eachOf(ids, (id) => manager.reopen(id), signal)),
    async 'jobs.duplicate'({ id, change }) {
      const job = await found(id)
      const { parameters = {}, ...settings } = change
      const copy = newJobOf(
        {
          parameters: parseParameters({ ...job.parameters, ...parameters }),
          attempts: settings.attempts ?? job.maxAttempts,
          seed: settings.seed ?? freshSeed(),
          engines: settings.engines ?? job.requestedEngines,
          strictness: settings.strictness ?? job.strictness
        },
        { subjectId: job.subjectId, references: job.references, priority: job.priority },
        studio
      )
      // Another background was asked for: the own one no longer stands behind the person.
      const backdrop = copy.parameters.background === job.parameters.background ? job.backdrop : null
      return summarize(await nudging(manager.submit({ ...copy, backdrop })))
    },
    'jobs.reorder': async ({ ids, before }) => ({ jobs: await nudging(reorder(jobs, ids, before)) }),
    'jobs.setPriority': ({ ids, priority }, { signal }) =>
      nudging(eachOf(ids, (id) => jobs.setPriority(id, priority), signal)),
    'jobs.remove': ({ ids }, { signal }) =>
      nudging(
        eachOf(
          ids,
          async (id) => {
            const status = await statusIfReadable(id)
            if (status === 'pending' || status === 'processing') await manager.cancel(id)
            await jobs.remove(id)
            // The feed tells nothing of what cannot be read.
            if (status === null) parts.tell('jobs.changed', { changed: [], removed: [id] })
          },
          signal
        )
      ),
    'jobs.restore': ({ ids }, { signal }) =>
      nudging(
        eachOf(
          ids,
          async (id) => {
            await jobs.restore(id)
            // The feed tells nothing of what cannot be read.
            if ((await statusIfReadable(id)) === null) parts.tell('jobs.stale', {})
          },
          signal
        )
      ),
    async 'jobs.erase'({ ids }, { signal }) {
      const result = await eachOf(ids, (id) => eraseJob(parts, id), signal)
      parts.tell('jobs.changed', { changed: [], removed: result.done })
      return result
    },
    async 'jobs.rate'({ targets, change }, { signal }) {
      const byJob = new Map<string, (number | null)[]>()
      for (const { jobId, attempt } of targets) byJob.set(jobId, [...(byJob.get(jobId) ?? []), attempt])
      const rateAll = async (id: string) => {
        for (const attempt of byJob.get(id) ?? []) await jobs.rate(id, attempt, change)
      }
      return await nudging(eachOf([...byJob.keys()], rateAll, signal))
    },
    'jobs.chooseFinal': async ({ id, attempt }) => summarize(await nudging(manager.chooseFinal(id, attempt)))
  }
}
