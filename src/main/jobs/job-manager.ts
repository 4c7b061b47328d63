import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type { StudioError } from '../../domain/errors.ts'
import { isEnded, type Job, type JobEngines } from '../../domain/job.ts'
import type { OnProgress, Progress } from '../../domain/progress.ts'
import type { ArtifactStore } from '../store/artifact-store.ts'
import type { JobRepository, NewJob, Worker, WorkerAbilities } from '../store/job-repository.ts'
import { ClaimLoop } from './claim-loop.ts'
import type { WritePlainReport } from './conclude-job.ts'
import type { ChooseEngines } from './engines-of-job.ts'
import { JobEvents, type JobProgress, type Unsubscribe } from './job-events.ts'
import { LeaseReaper } from './lease-reaper.ts'
import { JOB_MANAGER_SETTINGS, type JobManagerSettings } from './manager-settings.ts'
import { RunningJob } from './running-job.ts'
import { ScratchFolders } from './scratch-folders.ts'
import type { StepPlace } from './step-runner.ts'
import { TimeLeft } from './time-left.ts'
import { waitForJob } from './wait-for-job.ts'
import { type WorkSlot, WorkSlots } from './work-slots.ts'

export interface JobManagerOptions {
  readonly repository: JobRepository
  readonly artifacts: ArtifactStore
  readonly chooseEngines: ChooseEngines
  readonly writePlainReport: WritePlainReport
  readonly worker: Worker
  /** What its engines can do, where other workers on the queue may have others; left out, it takes every job. */
  readonly abilities?: () => Promise<WorkerAbilities>
  /** A folder on this machine for what engines write; used for nothing else. */
  readonly scratchFolder: string
  readonly settings?: Partial<JobManagerSettings>
}

/** Looks this often in a lease time, so that one late beat does not cost the lease. */
const BEATS_IN_A_LEASE = 3

/** An idle worker looks at the queue at least once in so many `pollMs`. */
const LONGEST_POLL = 4

/** Ended jobs whose durations are learnt from at the start. */
const LEARNT_AT_START = 20

/** Takes jobs from the queue, works on several at once, and sees to it that none is lost or done twice. */
export class JobManager {
  readonly #repository: JobRepository
  readonly #options: JobManagerOptions
  readonly #settings: JobManagerSettings
  readonly #events = new JobEvents()
  readonly #timeLeft = new TimeLeft()
  readonly #scratch: ScratchFolders
  readonly #reaper: LeaseReaper
  readonly #claims: ClaimLoop
  readonly #running = new Map<string, RunningJob>()
  #life: AbortController | null = null
  #paused = false
  #claimed = 0

  constructor(options: JobManagerOptions) {
    const { repository, worker } = options
    this.#options = options
    this.#repository = repository
    this.#settings = { ...JOB_MANAGER_SETTINGS, ...options.settings }
    this.#scratch = new ScratchFolders(options.scratchFolder, worker)
    this.#reaper = new LeaseReaper({ repository, worker, leaseMs: this.#settings.leaseMs })
    this.#claims = new ClaimLoop({
      repository,
      worker,
      abilities: options.abilities,
      slots: new WorkSlots(this.#settings.concurrency, () => this.#claims.wake()),
      mayClaim: () => this.#mayClaim,
      onClaimed: (job, slot) => this.#run(job, slot),
      onTrouble: (thrown) => this.#events.report(thrown)
    })
    this.onChanged((job) => isEnded(job.status) && this.#timeLeft.learn(job))
  }

  onChanged(listener: (job: Job) => void): Unsubscribe {
    return this.#events.changed.hear(listener)
  }

  onProgress(listener: (progress: JobProgress) => void): Unsubscribe {
    return this.#events.progress.hear(listener)
  }

  onPaused(listener: (paused: boolean) => void): Unsubscribe {
    return this.#events.paused.hear(listener)
  }

  /** Errors of the manager itself, e.g. the store is away; it goes on, and no job fails by them. */
  onTrouble(listener: (error: StudioError) => void): Unsubscribe {
    return this.#events.trouble.hear(listener)
  }

  get paused(): boolean {
    return this.#paused
  }

  /** Begins to work on jobs; those of processes of this machine that were killed are taken up at once. */
  async start(): Promise<void> {
    if (this.#life) return
    const life = new AbortController()
    this.#life = life
    try {
      await this.#scratch.prepare()
      await this.#reap()
      // One job that cannot be read must not keep all others from being made.
      await this.#learnFromThePast().catch((thrown: unknown) => this.#events.report(thrown))
    } catch (thrown) {
      this.#life = null
      throw thrown
    }
    void this.#pollQueue(life.signal)
    const beatMs = this.#settings.leaseMs / BEATS_IN_A_LEASE
    void this.#every(beatMs, life.signal, async () => {
      await this.renewLeases()
      await this.#reap()
    })
    if (this.#options.abilities) {
      await this.#rollCall().catch((thrown: unknown) => this.#events.report(thrown))
      void this.#every(beatMs, life.signal, () => this.#rollCall())
    }
    this.#claims.wake()
  }

  /** Takes no more jobs and puts those at work back in the queue, without charging them, so that they go on later. */
  async stop(): Promise<void> {
    this.#life?.abort()
    this.#life = null
    await this.#claims.settled()
    const jobs = [...this.#running.values()]
    for (const job of jobs) job.stop('quit')
    const patience = new AbortController()
    await Promise.race([
      Promise.all(jobs.map((job) => job.done)),
      sleep(this.#settings.quitMs, undefined, { signal: patience.signal }).catch(() => undefined)
    ])
    patience.abort()
    await this.#scratch.removeAll().catch((thrown: unknown) => this.#events.report(thrown))
  }

  /** Jobs at work go on; no other is begun. */
  pause(): void {
    this.#setPaused(true)
  }

  resume(): void {
    this.#setPaused(false)
    this.#claims.wake()
  }

  async submit(job: NewJob): Promise<Job> {
    const created = await this.#repository.create(job)
    this.#events.changed.tell(created)
    this.#claims.wake()
    return created
  }

  /** Ends a job that waits or runs, here or in another process. @throws StudioError `job-missing`, `job-state`. */
  async cancel(id: string): Promise<Job> {
    const cancelled = await this.#repository.cancel(id)
    this.#running.get(id)?.stop('cancelled')
    this.#events.changed.tell(cancelled)
    return cancelled
  }

  /** Puts a job that failed or was cancelled back in the queue; finished steps are kept. @throws StudioError `job-missing`, `job-state`. */
  async reopen(id: string): Promise<Job> {
    const reopened = await this.#repository.resume(id)
    this.#events.changed.tell(reopened)
    this.#claims.wake()
    return reopened
  }

  /** Has this attempt delivered, whatever the judge said; null takes the wish back. @throws StudioError `job-missing`, `job-state`. */
  async chooseFinal(id: string, attempt: number | null): Promise<Job> {
    const chosen = await this.#repository.chooseFinal(id, attempt)
    this.#events.changed.tell(chosen)
    this.#claims.wake()
    return chosen
  }

  /** Milliseconds that such a job mostly takes; null when none like it has ended yet. */
  usualMs(engines: JobEngines, resolution: Job['parameters']['resolution']): number | null {
    return this.#timeLeft.usual({ engines, parameters: { resolution } })
  }

  /** The job once it has ended, whoever works on it. @throws StudioError `job-missing`; the signal's reason. */
  async wait(id: string, signal?: AbortSignal): Promise<Job> {
    const onChanged = (listener: (job: Job) => void) => this.onChanged(listener)
    return await waitForJob(id, { repository: this.#repository, onChanged, pollMs: this.#settings.pollMs, signal })
  }

  /** Tells other workers at once that this one lives: after the machine has slept. */
  async renewLeases(): Promise<void> {
    await Promise.all([...this.#running.values()].map((job) => job.beat()))
  }

  get #mayClaim(): boolean {
    return this.#life !== null && !this.#paused && this.#running.size < this.#settings.maxHeld
  }

  #setPaused(paused: boolean): void {
    if (this.#paused === paused) return
    this.#paused = paused
    this.#events.paused.tell(paused)
  }

  #run(job: Job, slot: WorkSlot): void {
    this.#claimed += 1
    this.#events.changed.tell(job)
    const running = new RunningJob(job, slot, {
      ...this.#options,
      scratch: this.#scratch,
      policy: this.#settings.steps,
      maxClaims: this.#settings.maxClaims,
      storeRetryMs: this.#settings.leaseMs,
      onStored: (stored) => this.#events.changed.tell(stored),
      onProgress: (held, place) => this.#progressOf(held, place),
      onTrouble: (thrown) => this.#events.report(thrown)
    })
    this.#running.set(job._id, running)
    void running.done.then(() => {
      if (this.#running.get(job._id) === running) this.#running.delete(job._id)
      this.#claims.wake()
    })
  }

  #progressOf(job: Job, { step, attempt }: StepPlace): OnProgress {
    const began = performance.now()
    const [photo] = job.references
    const about = { jobId: job._id, name: photo?.name ?? job._id, reference: photo?.artifact ?? null, step, attempt }
    const tell = (progress: Progress | null) => {
      if (!this.#events.progress.isHeard) return
      const left = this.#timeLeft.of(job, step, performance.now() - began, progress)
      this.#events.progress.tell({ ...about, ...left, progress })
    }
    tell(null)
    return tell
  }

  async #reap(): Promise<void> {
    const reclaimed = await this.#reaper.reap(new Set(this.#running.keys()))
    if (reclaimed > 0) this.#claims.wake()
  }

  /** Two lease times: a worker that is late is not yet gone. */
  async #rollCall(): Promise<void> {
    const { abilities, worker } = this.#options
    if (abilities) await this.#repository.rollCall(worker, await abilities(), 2 * this.#settings.leaseMs)
  }

  async #learnFromThePast(): Promise<void> {
    const { items } = await this.#repository.list({ status: ['completed', 'failed'], limit: LEARNT_AT_START })
    for (const { _id } of items.toReversed()) {
      const job = await this.#repository.get(_id)
      if (job) this.#timeLeft.learn(job)
    }
  }

  /** Looks for jobs of other processes; ever less often while there are none. */
  async #pollQueue(signal: AbortSignal): Promise<void> {
    const { pollMs } = this.#settings
    for (let wait = pollMs; !signal.aborted; wait = Math.min(2 * wait, LONGEST_POLL * pollMs)) {
      const before = this.#claimed
      await sleep(wait, undefined, { signal }).catch(() => undefined)
      if (signal.aborted) return
      if (this.#claimed > before) wait = pollMs / 2
      this.#claims.wake()
    }
  }

  async #every(ms: number, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    for (;;) {
      await sleep(ms, undefined, { signal }).catch(() => undefined)
      if (signal.aborted) return
      await work().catch((thrown: unknown) => this.#events.report(thrown))
    }
  }
}
