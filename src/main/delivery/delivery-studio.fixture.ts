import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { DeliveryContext, DeliveryProgress } from '../../domain/delivery/delivery-progress.ts'
import type { Attempt, Job, Picture, Reference } from '../../domain/job.ts'
import { judgementOf } from '../../domain/judgement.ts'
import { UNRATED } from '../../domain/rating.ts'
import { attempt, engine, PICTURE, row, sampleJob } from '../../domain/rules/sample-job.fixture.ts'
import { createExporter, type ExporterProcess } from '../engines/exporter.ts'
import { forkNodeChild } from '../engines/node-fork.ts'
import { FileArtifactStore } from '../store/artifacts/file-artifact-store.ts'
import { DeliveryService } from './delivery-service.ts'

/** Portraits and the camera's own data, from a development dependency. */
const PHOTOS = resolve('node_modules/@vladmandic/face-api/demo')

/** A service over real pictures, a real artifact store and a real engine process; jobs that never had to be made. */
export interface DeliveryStudio {
  readonly root: string
  readonly service: DeliveryService
  readonly exporter: ExporterProcess
  readonly artifacts: FileArtifactStore
  /** A job that delivered, with `attempts` attempts. */
  addJob(
    id: string,
    change?: Partial<Omit<Job, 'attempts'>> & { photo?: string; name?: string; attempts?: number }
  ): Promise<Job>
  replaceJob(job: Job): void
  job(id: string): Job | undefined
  close(): Promise<void>
}

export async function openDeliveryStudio(): Promise<DeliveryStudio> {
  const root = await mkdtemp(join(tmpdir(), 'delivery-studio-'))
  const artifacts = await FileArtifactStore.open(join(root, 'artifacts'))
  const jobs = new Map<string, Job>()
  const exporter = createExporter({
    engineEntry: fileURLToPath(new URL('../../inference/process.ts', import.meta.url)),
    execArgv: ['--import', 'tsx'],
    fork: forkNodeChild
  })
  const service = new DeliveryService({
    jobs: {
      get: async (id) => jobs.get(id) ?? null,
      rate: async (id, number, change) => {
        const job = jobs.get(id)
        if (!job) throw new Error(`There is no job ${id}.`)
        const before = number === null ? job.rating : (job.attemptRatings[number] ?? UNRATED)
        const { stars = before.stars, flag = before.flag, label = before.label } = change
        const rating = { stars, flag, label }
        const rated =
          number === null ? { ...job, rating } : { ...job, attemptRatings: { ...job.attemptRatings, [number]: rating } }
        jobs.set(id, rated)
        return rated
      }
    },
    nameOf: async (id) => (id === 'named' ? 'Anna Petrova' : null),
    artifacts,
    exporter,
    resources: resolve('resources')
  })
  return {
    root,
    service,
    exporter,
    artifacts,
    job: (id) => jobs.get(id),
    replaceJob: (job) => jobs.set(job._id, job),
    async addJob(id, { photo = 'sample1.jpg', name = 'Anna Müller.jpg', attempts: count = 1, ...change } = {}) {
      const stored = await artifacts.putFile(join(PHOTOS, photo))
      const size = { width: 1920, height: 1280 }
      const picture: Picture = { ...PICTURE, artifact: stored.id, mediaType: 'image/jpeg', size }
      const reference: Reference = { artifact: stored.id, name, bytes: stored.bytes, face: null, inspection: null }
      const attempts: Attempt[] = Array.from({ length: count }, (_, at) => ({
        ...attempt(at + 1, [row('sharpness', at, { min: 0 })]),
        picture
      }))
      const job = sampleJob({
        _id: id,
        status: 'completed',
        references: [reference],
        engines: {
          vlm: engine('rules', 'rules'),
          generator: engine('photographic'),
          examiner: engine('rules', 'measure')
        },
        attempts,
        final: { attempt: 1, picture, judgement: judgementOf([row('sharpness', 1, { min: 0 })]) },
        ...change
      })
      jobs.set(id, job)
      return job
    },
    async close() {
      await exporter.stop()
      await rm(root, { recursive: true, force: true })
    }
  }
}

/** A context, and what it was told. */
export function recordingContext(
  signal = new AbortController().signal
): DeliveryContext & { seen: DeliveryProgress[] } {
  const seen: DeliveryProgress[] = []
  return { signal, seen, onProgress: (progress) => seen.push(progress) }
}

/** Every file below a folder, hidden ones too, sorted. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() || entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort()
}
