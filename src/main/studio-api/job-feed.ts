import { type StudioError, toStudioError } from '../../domain/errors.ts'
import type { JobSummary } from '../../domain/job.ts'
import type { JobRepository } from '../store/job-repository.ts'

/** How often changes of other processes are looked for, and how soon after a nudge, milliseconds. */
const POLL_MS = 1_000
const SOON_MS = 30
/** Jobs whose last told revision is remembered; more than can change within the feed's overlap. */
const REMEMBERED = 20_000

export interface JobFeedOptions {
  readonly repository: Pick<JobRepository, 'changesSince'>
  readonly onChanges: (changes: { readonly changed: JobSummary[]; readonly removed: string[] }) => void
  readonly onTrouble: (error: StudioError) => void
}

/** Tells what has changed in the store, whoever changed it: each revision of a job once. */
export class JobFeed {
  readonly #options: JobFeedOptions
  readonly #told = new Map<string, number | 'removed'>()
  #position: string | null = null
  #timer: NodeJS.Timeout | undefined
  #looking: Promise<void> | null = null
  #again = false
  #stopped = false

  constructor(options: JobFeedOptions) {
    this.#options = options
  }

  /** Begins with what changes from now on. */
  async start(): Promise<void> {
    this.#position = (await this.#options.repository.changesSince(null)).position
    this.#lookIn(POLL_MS)
  }

  /** Something has just changed here. */
  nudge(): void {
    if (this.#looking) this.#again = true
    else if (!this.#stopped && this.#position !== null) this.#lookIn(SOON_MS)
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.#looking
  }

  #lookIn(ms: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#again = false
      this.#looking = this.#look()
        .catch((thrown: unknown) => this.#options.onTrouble(toStudioError(thrown)))
        .finally(() => {
          this.#looking = null
          if (!this.#stopped) this.#lookIn(this.#again ? SOON_MS : POLL_MS)
        })
    }, ms)
  }

  async #look(): Promise<void> {
    for (let more = true; more && !this.#stopped; ) {
      const { changed, removed, position } = await this.#options.repository.changesSince(this.#position)
      this.#position = position
      const fresh = changed.filter(({ _id, revision }) => this.#isNews(_id, revision))
      const gone = removed.filter((id) => this.#isNews(id, 'removed'))
      if (fresh.length > 0 || gone.length > 0) this.#options.onChanges({ changed: fresh, removed: gone })
      // A full batch: the next look goes on where this one ended.
      more = fresh.length > 0 && changed.length + removed.length >= 200
    }
  }

  #isNews(id: string, what: number | 'removed'): boolean {
    const before = this.#told.get(id)
    const isOld = typeof before === 'number' && typeof what === 'number' ? what <= before : before === what
    if (isOld) return false
    this.#told.delete(id)
    this.#told.set(id, what)
    const [oldest] = this.#told.keys()
    if (this.#told.size > REMEMBERED && oldest !== undefined) this.#told.delete(oldest)
    return true
  }
}
