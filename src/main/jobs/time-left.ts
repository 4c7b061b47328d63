import type { Job } from '../../domain/job.ts'
import type { Progress, Step } from '../../domain/progress.ts'

/** How many past durations of a step are remembered: enough for a median, few enough to follow a new machine's pace. */
const REMEMBERED = 21

/** The way to the end when the attempt at hand passes; a brief tuned is followed by a generation like the first. */
const FOLLOWING: Readonly<Record<Step, readonly Step[]>> = {
  inspect: ['brief', 'generate', 'judge', 'finish', 'report'],
  brief: ['generate', 'judge', 'finish', 'report'],
  tune: ['generate', 'judge', 'finish', 'report'],
  generate: ['judge', 'finish', 'report'],
  judge: ['finish', 'report'],
  finish: ['report'],
  report: []
}

/** What the durations of a job depend on. */
export interface Timed {
  readonly engines: Job['engines']
  readonly parameters: Pick<Job['parameters'], 'resolution'>
}

export interface TimeLeftOf {
  /** Milliseconds to the end of the step; null when nothing is known. */
  readonly stepLeftMs: number | null
  /** Milliseconds to the end of the job, should the attempt at hand pass. */
  readonly leftMs: number | null
}

/** Expects each step to take as long as it mostly took before, with the same engine and, for a finish, the same size. */
export class TimeLeft {
  readonly #past = new Map<string, number[]>()

  /** Remembers the durations of a job that has ended. */
  learn(job: Job): void {
    for (const timings of [job.timings, ...job.attempts.map((attempt) => attempt.timings)]) {
      for (const [step, ms] of Object.entries(timings) as [Step, number][]) {
        const key = keyOf(step, job)
        if (key !== null) this.#past.set(key, [...(this.#past.get(key) ?? []), ms].slice(-REMEMBERED))
      }
    }
  }

  /** `elapsedMs` is the time since the step began; its progress, where known, says more than the past. */
  of(job: Job, step: Step, elapsedMs: number, progress: Progress | null): TimeLeftOf {
    const stepLeftMs = this.#stepLeft(job, step, elapsedMs, progress)
    const following = FOLLOWING[step].map((next) => this.#median(next, job))
    const known = following.filter((ms) => ms !== null)
    if (stepLeftMs === null || known.length < following.length) return { stepLeftMs, leftMs: null }
    return { stepLeftMs, leftMs: known.reduce((sum, ms) => sum + ms, stepLeftMs) }
  }

  /** Milliseconds of a whole job whose first attempt passes; null when one of its steps was never seen. */
  usual(job: Timed): number | null {
    const known = (['inspect', ...FOLLOWING.inspect] as const).map((step) => this.#median(step, job))
    return known.every((ms) => ms !== null) ? known.reduce((sum, ms) => sum + ms, 0) : null
  }

  #stepLeft(job: Timed, step: Step, elapsedMs: number, progress: Progress | null): number | null {
    const usual = this.#median(step, job)
    if (usual !== null) return Math.max(0, usual - elapsedMs)
    const share = progress === null ? 0 : progress.done / progress.total
    return share > 0 ? Math.max(0, elapsedMs / share - elapsedMs) : null
  }

  #median(step: Step, job: Timed): number | null {
    const key = keyOf(step, job)
    const sorted = [...((key !== null && this.#past.get(key)) || [])].sort((a, b) => a - b)
    const middle = sorted.slice(Math.floor((sorted.length - 1) / 2), Math.floor(sorted.length / 2) + 1)
    return middle.length === 0 ? null : middle.reduce((sum, ms) => sum + ms, 0) / middle.length
  }
}

function keyOf(step: Step, { engines, parameters }: Timed): string | null {
  if (engines === null) return null
  switch (step) {
    case 'inspect':
      return `${step} ${engines.examiner.engine}`
    case 'brief':
    case 'judge':
    case 'tune':
    case 'report':
      return `${step} ${engines.vlm.engine}`
    case 'generate':
      return `${step} ${engines.generator.engine}`
    case 'finish':
      return `${step} ${engines.generator.engine} ${parameters.resolution}`
  }
}
