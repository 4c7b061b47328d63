import type { StudioCallName, StudioCallParams, StudioCallResult } from '../../contract/studio/calls.ts'
import { STUDIO_CALLS_BY_NAME } from '../../contract/studio/calls.ts'
import type { StudioClient } from '../../contract/studio/client.ts'
import type { StudioEventName, StudioEventPayload } from '../../contract/studio/events.ts'
import type { JobFilter, JobSort } from '../../contract/studio/job-filter.ts'
import type { Media } from '../../contract/studio/media.ts'
import type { EngineState } from '../../contract/studio/studio-calls.ts'
import type { ExportPreset } from '../../domain/delivery/export-preset.ts'
import { StudioError } from '../../domain/errors.ts'
import { type Job, type JobSummary, jobStatusSchema } from '../../domain/job.ts'
import { summarize } from '../../domain/job-summary.ts'
import { DEFAULT_SETTINGS, type Settings } from '../../domain/settings.ts'
import type { StudioPhoto, Subject } from '../../domain/subject.ts'
import { comparator, matches } from '../state/job-order.ts'

/** What a studio in memory begins with. */
export interface MemoryStudioContent {
  readonly jobs?: readonly Job[]
  readonly photos?: readonly StudioPhoto[]
  readonly subjects?: readonly Subject[]
  readonly engines?: readonly EngineState[]
  readonly presets?: readonly (ExportPreset & { readonly builtIn: boolean })[]
  readonly settings?: Partial<Settings>
  readonly address?: (media: Media) => string
}

type Answers = {
  [N in StudioCallName]?: (params: StudioCallParams<N>) => StudioCallResult<N> | Promise<StudioCallResult<N>>
}

export interface MemoryStudio extends StudioClient {
  readonly asked: { readonly name: StudioCallName; readonly params: unknown }[]
  emit<N extends StudioEventName>(event: N, payload: StudioEventPayload<N>): void
  /** Answers a call in another way from now on. */
  answer<N extends StudioCallName>(name: N, answer: NonNullable<Answers[N]>): void
  /** Changes a job and tells of it, as main does. */
  changeJob(id: string, change: Partial<Job>): void
}

/** The studio contract over plain arrays, for tests of screens: it keeps jobs, photos and settings, and makes nothing. */
export function createMemoryStudio(content: MemoryStudioContent = {}): MemoryStudio {
  const jobs = new Map((content.jobs ?? []).map((job) => [job._id, job]))
  const photos = new Map((content.photos ?? []).map((photo) => [photo._id, photo]))
  const subjects = new Map((content.subjects ?? []).map((subject) => [subject._id, subject]))
  const engines = [...(content.engines ?? [])]
  let settings: Settings = { ...DEFAULT_SETTINGS, ...content.settings }
  let paused = false
  let lastId = 0
  const listeners = new Map<string, Set<(payload: never) => void>>()
  const asked: { name: StudioCallName; params: unknown }[] = []

  const emit: MemoryStudio['emit'] = (event, payload) => {
    for (const listener of listeners.get(event) ?? []) listener(payload as never)
  }
  const tell = (changed: readonly Job[], removed: readonly string[] = []) =>
    emit('jobs.changed', { changed: changed.map(summarize), removed: [...removed] })
  const changeJob = (id: string, change: Partial<Job>): void => {
    const job = found(id)
    const next = { ...job, ...change, revision: job.revision + 1, updatedAt: new Date() }
    jobs.set(id, next)
    if (change.deletedAt) tell([], [id])
    else tell([next])
  }
  const found = (id: string): Job => {
    const job = jobs.get(id)
    if (!job) throw new StudioError('job-missing', `There is no job "${id}".`)
    return job
  }
  const listed = (filter: JobFilter = {}, sort: JobSort = {}): JobSummary[] => {
    const words = (filter.text ?? '').toLowerCase().split(/\s+/).filter(Boolean)
    const name = (job: JobSummary) => `${job.name} ${subjects.get(job.subjectId)?.name}`.toLowerCase()
    return [...jobs.values()]
      .map(summarize)
      .filter((job) => matches(job, { ...filter, text: '' }) && words.every((word) => name(job).includes(word)))
      .sort(comparator(sort))
  }
  const counts = (filter: JobFilter = {}) => {
    const { status: _, ...others } = filter
    const all = listed(others)
    const of = (status: JobSummary['status']) => all.filter((job) => job.status === status).length
    const [pending, processing, completed, failed, cancelled] = jobStatusSchema.options.map(of)
    return {
      pending: pending ?? 0,
      processing: processing ?? 0,
      completed: completed ?? 0,
      failed: failed ?? 0,
      cancelled: cancelled ?? 0
    }
  }
  const bulk = (ids: readonly string[], change: (job: Job) => Partial<Job>) => {
    for (const id of ids) changeJob(id, change(found(id)))
    return { done: [...ids], refused: [] }
  }
  const newJob = (from: Job, change: Partial<Job>): JobSummary => {
    lastId += 1
    const job: Job = {
      ...from,
      ...change,
      _id: `made-${lastId}`,
      revision: 0,
      status: 'pending',
      attempts: [],
      final: null,
      best: null,
      report: null,
      createdAt: new Date()
    }
    jobs.set(job._id, job)
    tell([job])
    return summarize(job)
  }

  const answers: Answers = {
    'studio.describe': () => ({
      version: '0.1.0',
      platform: 'linux',
      desktop: true,
      runtime: ['Electron 45.4.1', 'Chromium 144'],
      dataFolder: '/home/anna/Portraits',
      store: 'built-in store (SQLite)',
      maxAttempts: 3,
      paused
    }),
    'studio.licences': () => ({ licence: 'Apache License\nVersion 2.0, January 2004', notice: 'APEX Portrait Studio' }),
    'settings.get': () => settings,
    'settings.set': ({ change }) => {
      const named = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
      settings = { ...settings, ...named }
      return settings
    },
    'engines.list': () => ({ engines }),
    'jobs.list': ({ filter, sort, cursor, limit = 100 }) => {
      const start = Number(cursor ?? 0)
      const all = listed(filter, sort)
      const end = start + limit
      return { items: all.slice(start, end), unreadable: [], next: end < all.length ? String(end) : null }
    },
    'jobs.ids': ({ filter, sort }) => ({ ids: listed(filter, sort).map((job) => job._id) }),
    'jobs.counts': ({ filter }) => counts(filter),
    'jobs.get': ({ id }) => {
      const { schemaVersion: _v, lease: _l, claims: _c, artifacts: _a, ...detail } = found(id)
      return detail
    },
    'jobs.rate': ({ targets, change }) => {
      for (const { jobId, attempt } of targets) {
        const job = found(jobId)
        const key = String(attempt)
        const before = job.attemptRatings[key] ?? { stars: 0, flag: 'none', label: 'none' }
        const named = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
        changeJob(
          jobId,
          attempt == null
            ? { rating: { ...job.rating, ...named } }
            : { attemptRatings: { ...job.attemptRatings, [key]: { ...before, ...named } } }
        )
      }
      return { done: targets.map(({ jobId }) => jobId), refused: [] }
    },
    'jobs.remove': ({ ids }) => bulk(ids, () => ({ deletedAt: new Date() })),
    'jobs.restore': ({ ids }) => bulk(ids, () => ({ deletedAt: null })),
    'jobs.cancel': ({ ids }) => bulk(ids, () => ({ status: 'cancelled' })),
    'jobs.retry': ({ ids }) => bulk(ids, () => ({ status: 'pending' })),
    'jobs.reorder': ({ ids, before }) => {
      const queue = listed({ status: ['pending'] }, { by: 'queue' }).filter((job) => !ids.includes(job._id))
      const at = before === null ? queue.length : queue.findIndex((job) => job._id === before)
      const order = [...queue.slice(0, at).map((job) => job._id), ...ids, ...queue.slice(at).map((job) => job._id)]
      for (const [position, id] of order.entries()) changeJob(id, { position })
      return { jobs: ids.map((id) => summarize(found(id))) }
    },
    'jobs.chooseFinal': ({ id, attempt }) => {
      changeJob(id, { wantedAttempt: attempt })
      return summarize(found(id))
    },
    'jobs.duplicate': ({ id, change }) => {
      const job = found(id)
      return newJob(job, { parameters: { ...job.parameters, ...change?.parameters } as Job['parameters'] })
    },
    'jobs.estimate': () => {
      const of = (port: EngineState['port']) => engines.find((engine) => engine.port === port)?.description
      const [generator, vlm] = [of('generator'), of('vlm')]
      if (!generator || !vlm) throw new StudioError('engine-unavailable', 'No engine answers.')
      return { generator, vlm, limitations: [], usualMs: 14_000 }
    },
    'jobs.submit': ({ orders }) => {
      const [like] = jobs.values()
      const made = orders.flatMap((order) => {
        const photo = photos.get(order.photoIds[0] ?? '')
        return photo && like
          ? [newJob(like, { subjectId: photo.subjectId, references: [{ ...photo, name: photo.name }] })]
          : []
      })
      return { jobs: made, refused: [] }
    },
    'photos.list': () => ({ photos: [...photos.values()] }),
    'subjects.list': () => ({
      subjects: [...subjects.values()].map((subject) => ({
        ...subject,
        photos: [...photos.values()].filter((photo) => photo.subjectId === subject._id).length,
        jobs: [...jobs.values()].filter((job) => job.subjectId === subject._id).length
      }))
    }),
    'photos.chooseFace': ({ id, face }) => {
      const photo = photos.get(id)
      if (!photo) throw new StudioError('photo-missing', 'The photo is gone.')
      const next = { ...photo, face, revision: photo.revision + 1 }
      photos.set(id, next)
      emit('photos.changed', { photos: [next], removedPhotos: [], subjects: [], removedSubjects: [] })
      return next
    },
    'photos.remove': ({ ids }) => {
      emit('photos.changed', { photos: [], removedPhotos: [...ids], subjects: [], removedSubjects: [] })
      return { done: [...ids], refused: [] }
    },
    'photos.restore': ({ ids }) => {
      const back = ids.flatMap((id) => photos.get(id) ?? [])
      emit('photos.changed', { photos: back, removedPhotos: [], subjects: [], removedSubjects: [] })
      return { done: [...ids], refused: [] }
    },
    'swatches.render': ({ ids, photoId }) => ({
      swatches: ids.map((id) => ({
        id,
        key: content.address ? keyOf(id) : null,
        personal: photoId !== null,
        error: null
      }))
    }),
    'presets.list': () => ({ presets: [] }),
    'delivery.presets': () => ({ presets: [...(content.presets ?? [])] }),
    'delivery.previewNames': ({ items, preset }) => ({
      names: items.map((_, index) =>
        (preset.nameTemplate ?? '').replaceAll(/\{\w+\}/g, 'x').concat(`_${index + 1}.jpg`)
      )
    }),
    'delivery.prepareDrag': () => ({}),
    'watch.list': () => ({ folders: [] }),
    'storage.usage': () => ({
      folder: '/home/anna/Portraits',
      database: 18_400_000,
      pictures: { count: 412, bytes: 3_210_000_000 },
      cache: 88_000_000,
      free: 212_000_000_000,
      bin: { jobs: 3, photos: 1 }
    }),
    'queue.pause': () => setPaused(true),
    'queue.resume': () => setPaused(false)
  }
  const setPaused = (to: boolean) => {
    paused = to
    emit('queue.changed', { paused, counts: counts(), running: [], leftMs: null })
    return { paused }
  }

  return {
    asked,
    emit,
    changeJob,
    answer: (name, answer) => void Object.assign(answers, { [name]: answer }),
    async call(name, params) {
      asked.push({ name, params })
      const answer = answers[name]
      if (!answer) throw new StudioError('desktop-only', `"${name}" is not part of this test.`)
      STUDIO_CALLS_BY_NAME[name].params.parse(params)
      return answer(params)
    },
    subscribe(event, listener) {
      const heard = listeners.get(event) ?? new Set()
      listeners.set(event, heard.add(listener))
      return () => heard.delete(listener)
    },
    address: (media) => content.address?.(media) ?? ''
  }
}

/** 32 hex digits that stand for a name. */
function keyOf(name: string): string {
  return [...new TextEncoder().encode(name)]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .padEnd(32, '0')
    .slice(0, 32)
}
