import type { CriterionId } from '../../domain/criterion.ts'
import type { StudioError } from '../../domain/errors.ts'
import type { ArtifactId, Job, JobStatus, JobSummary, Lease } from '../../domain/job.ts'
import type { ColourLabel, Flag, RatingChange } from '../../domain/rating.ts'

/** What a caller says of a new job; the repository adds identity, times and the empty progress. */
export type NewJob = Pick<
  Job,
  'subjectId' | 'references' | 'parameters' | 'seed' | 'maxAttempts' | 'requestedEngines'
> & {
  /** Of the caller's choosing, so that the same order is stored once however often it is sent. */
  readonly id?: string
  readonly priority?: number
  /** With one, the background is `own_backdrop`, whatever the parameters say. */
  readonly backdrop?: Job['backdrop']
  readonly strictness?: Job['strictness']
}

/** What a worker may change of the job it holds; each change is one durable transition. */
export type JobChange = Partial<
  Pick<
    Job,
    | 'status'
    | 'references'
    | 'engines'
    | 'attempts'
    | 'setbacks'
    | 'final'
    | 'best'
    | 'chosenBy'
    | 'wantedAttempt'
    | 'report'
    | 'error'
    | 'waiting'
    | 'timings'
  >
>

/** Which jobs; everything named must hold, and of several values of one kind any. */
export interface JobFilter {
  readonly status?: readonly JobStatus[] | undefined
  readonly subjectIds?: readonly string[] | undefined
  readonly purpose?: readonly string[] | undefined
  /** At least so many. */
  readonly stars?: number | undefined
  readonly flag?: readonly Flag[] | undefined
  readonly label?: readonly ColourLabel[] | undefined
  /** Names of the image generator that made it. */
  readonly generator?: readonly string[] | undefined
  readonly failedCriterion?: readonly CriterionId[] | undefined
  /** Each of these words begins a word of the job, or is one that these subjects are called by. */
  readonly words?: readonly { readonly word: string; readonly subjectIds: readonly string[] }[] | undefined
  /** True for the bin: only removed jobs. */
  readonly removed?: boolean | undefined
}

export interface JobOrder {
  readonly by: 'created' | 'changed' | 'name' | 'score' | 'stars' | 'queue'
  readonly direction: 'ascending' | 'descending'
}

export interface JobQuery extends JobFilter {
  /** Newest first where it is left out. */
  readonly order?: JobOrder
  /** Where the page before ended, in the same order; opaque. */
  readonly cursor?: string | undefined
  /** 1..200. */
  readonly limit: number
}

export interface JobPage {
  readonly items: JobSummary[]
  /** Jobs of this page that are damaged, or were written by a newer studio, and why. */
  readonly unreadable: UnreadableJob[]
  /** null on the last page. */
  readonly next: string | null
}

export interface UnreadableJob {
  readonly id: string
  /** `store-damaged` or `store-too-new`. */
  readonly error: StudioError
}

export interface JobChanges {
  /** New or changed since the position, oldest first; may repeat what was seen, `revision` tells. */
  readonly changed: readonly JobSummary[]
  readonly removed: readonly string[]
  readonly position: string
}

export interface Worker {
  readonly owner: string
  readonly bootId: string
  /** Names of the engines it has; left out for one that takes every job, and says so of a job that it has no engine for. */
  readonly abilities?: WorkerAbilities | undefined
}

export interface WorkerAbilities {
  readonly generators: readonly string[]
  readonly vlms: readonly string[]
}

/**
 * Jobs in a database. Written once against the collection interface, so it serves the embedded store and MongoDB alike.
 * Whatever is read is parsed; a row that does not parse raises `store-damaged` with its id, or `store-too-new`, except in
 * lists, which name it beside the others.
 * Every write has reached the disk when its promise resolves.
 */
export interface JobRepository {
  /** @throws StudioError `document-exists` where there is a job of that id. */
  create(job: NewJob): Promise<Job>
  /** Removed ones too. */
  get(id: string): Promise<Job | null>
  /** How a job stands, without reading the whole of it; removed ones too. */
  standing(id: string): Promise<Pick<Job, 'status' | 'revision'> | null>
  /** Removed jobs are left out unless they are asked for. @throws StudioError `option-invalid`. */
  list(query: JobQuery): Promise<JobPage>
  /** Of those the filter finds, whatever statuses it names. */
  counts(filter?: JobFilter): Promise<Record<JobStatus, number>>
  /**
   * Atomically gives the worker the pending job of highest priority, oldest first, that it has the engines for, and counts
   * the claim; null when none waits. After a claim whose answer was lost it first looks for the job it may have been given.
   */
  claim(worker: Worker): Promise<Job | null>
  /**
   * One durable transition; `held` is the job as the one before returned it. Ending a job also ends its lease. Where an
   * answer was lost, asking again makes the transition once. @throws StudioError `lease-lost` when the job is no longer
   * held with its token.
   */
  transition(held: Job, change: JobChange): Promise<Job>
  /** Renews the lease. @throws StudioError `lease-lost`. */
  beat(held: Job): Promise<void>
  /** Puts a held job back in the queue; `charge: false` takes the claim back, for a quit or a lost engine. */
  release(held: Job, options: { readonly charge: boolean }): Promise<void>
  /** Jobs in process and who holds them; those that cannot be read are left out, for they cannot be worked on either. */
  leases(): Promise<readonly { readonly id: string; readonly lease: Lease }[]>
  /**
   * Puts a job whose worker is dead back in the queue, only if its lease is still exactly the one that was seen;
   * `charge: false` takes the claim back, where nobody began to work on it.
   */
  reclaim(id: string, seen: Lease, options?: { readonly charge: boolean }): Promise<boolean>
  /**
   * This worker lives and has these engines. A waiting job that names an engine which no worker has that was heard of within
   * so many milliseconds says so, and says it no longer once one has it.
   */
  rollCall(worker: Worker, abilities: WorkerAbilities, withinMs: number): Promise<void>
  /** pending or processing → cancelled; takes the lease away, so that its worker's next write is refused. @throws `job-missing`, `job-state`. */
  cancel(id: string): Promise<Job>
  /** cancelled or failed → pending, finished steps kept, claims set to 0. @throws `job-missing`, `job-state`. */
  resume(id: string): Promise<Job>
  setPriority(id: string, priority: number): Promise<Job>
  /** Moves a waiting job in the queue. @throws `job-missing`, `job-state`. */
  setPlace(id: string, place: Pick<Job, 'priority' | 'position'>): Promise<Job>
  /** Gives the job to another subject. @throws `job-missing`. */
  setSubject(id: string, subjectId: string): Promise<Job>
  /** Rates the job, or one of its attempts; what the change does not name stays. @throws `job-missing`, `job-state`. */
  rate(id: string, attempt: number | null, change: RatingChange): Promise<Job>
  /**
   * An ended job → pending, to deliver this attempt, which must have been judged; null takes the wish back while the job
   * waits. @throws `job-missing`, `job-state`.
   */
  chooseFinal(id: string, attempt: number | null): Promise<Job>
  /** Leaves a tombstone, of one that cannot be read too; cancels it first if it runs. Nothing happens to one that is removed already. @throws `job-missing`. */
  remove(id: string): Promise<void>
  /** @throws `job-missing`. */
  restore(id: string): Promise<void>
  /** Forgets a removed job for good; returns what it referred to, for `removeOrphans`. @throws `job-missing`, `job-state`. */
  erase(id: string): Promise<readonly ArtifactId[]>
  /**
   * Up to 200 changes a call. `null` begins now and tells none: take the position first, then the list. No change is
   * missed, also when the clock is set back. Jobs that cannot be read are left out.
   */
  changesSince(position: string | null): Promise<JobChanges>
  /** Gives jobs of earlier studios what they are found and ordered by, a few at a time; resolves to how many. @throws the signal's reason. */
  fillListings(signal: AbortSignal): Promise<number>
  /** Up to so many jobs whose last ending has not been passed on; those that cannot be read are left out. */
  untold(limit: number): Promise<Job[]>
  /** The ending that this job shows has been passed on; nothing happens where it has ended again meanwhile. */
  told(job: Pick<Job, '_id' | 'endings'>): Promise<void>
  /** How many jobs, removed ones in the bin included, refer to an artifact. */
  countReferences(artifact: ArtifactId): Promise<number>
  /** What each job, removed ones included, refers to. */
  artifactsInUse(): AsyncIterable<{ readonly id: string; readonly artifacts: readonly ArtifactId[] }>
}
