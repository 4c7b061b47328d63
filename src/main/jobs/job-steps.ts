import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import type { Brief } from '../../domain/brief.ts'
import { fitPrompt } from '../../domain/briefing/fit-prompt.ts'
import type { Criterion } from '../../domain/criterion.ts'
import type { EngineSet, MadePicture } from '../../domain/engine.ts'
import { StudioError, toStudioError } from '../../domain/errors.ts'
import {
  type Attempt,
  attemptSeed,
  bestAttempt,
  type Deliverable,
  type Job,
  type JobEngines,
  type Picture
} from '../../domain/job.ts'
import { isViewable, type Judgement, judgementOf } from '../../domain/judgement.ts'
import { resolutionOf } from '../../domain/parameters/parameters.ts'
import { WORKING_LONG_EDGE } from '../../domain/parameters/resolution.ts'
import type { CallContext, Step } from '../../domain/progress.ts'
import { applyStrictness } from '../../domain/rules/apply-strictness.ts'
import { adoptPicture } from './adopt-picture.ts'
import { requireChosenFace, withInspection } from './chosen-face.ts'
import { type Conclusion, concludeJob } from './conclude-job.ts'
import { EngineRequests } from './engine-requests.ts'
import { withAttempt } from './held-job.ts'
import type { JobArtifacts } from './outwait.ts'

export interface JobStepsOptions extends Conclusion {
  readonly engines: EngineSet
  readonly described: JobEngines
  readonly artifacts: JobArtifacts
  /** An existing folder of this job alone; emptied by whoever made it. */
  readonly scratch: string
}

/** The steps of one job. Each returns what the job document already holds, or does the work and stores it. */
export class JobSteps {
  readonly #options: JobStepsOptions
  readonly #requests: EngineRequests
  #outputFolder: string

  constructor(options: JobStepsOptions) {
    this.#options = options
    this.#requests = new EngineRequests(options)
    this.#outputFolder = options.scratch
  }

  get maxAttempts(): number {
    return this.#job.maxAttempts
  }

  /** Number of the attempt that the photographer wants delivered, whatever the judge says; null leaves it to the judge. */
  get wantedNumber(): number | null {
    return this.#job.wantedAttempt
  }

  /** Number of the attempt that is delivered when none has passed. */
  get bestNumber(): number {
    const best = bestAttempt(this.#job.attempts)
    if (!best) throw new StudioError('internal', 'No attempt of the job was judged.')
    return best.number
  }

  /** @throws StudioError that names the photo: what is wrong with the file, or that it is not clear who is meant. */
  async inspect(): Promise<void> {
    const { examiner } = this.#options.engines
    const paths = await this.#requests.photos()
    for (const [index, path] of paths.entries()) {
      if (this.#job.references[index]?.inspection) continue
      const { result, ms } = await this.#run('inspect', null, (context) => examiner.inspect(path, context)).catch(
        (thrown: unknown) => {
          this.#options.runner.signal.throwIfAborted()
          throw named(toStudioError(thrown), this.#job.references[index]?.name ?? path, index)
        }
      )
      await this.#options.held.store((job) => ({
        references: job.references.map((each, at) => (at === index ? withInspection(each, result) : each)),
        timings: { ...job.timings, inspect: (job.timings.inspect ?? 0) + ms }
      }))
    }
    this.#job.references.forEach(requireChosenFace)
  }

  async writeBrief(): Promise<Brief> {
    const first = this.#job.attempts[0]
    if (first) return first.brief
    const { vlm } = this.#options.engines
    const request = await this.#requests.brief()
    const { result: brief, ms } = await this.#run('brief', 1, async (context) =>
      fitPrompt(await vlm.writeBrief(request, context), request, context)
    )
    await this.#options.held.store((job) => ({ attempts: [newAttempt(job, 1, brief, { brief: ms })] }))
    return brief
  }

  async generate(number: number, brief: Brief): Promise<Picture> {
    const { picture: made, timings } = this.#attempt(number)
    if (made) return made
    const { generator } = this.#options.engines
    const order = { ...(await this.#requests.picture(number, brief)), longEdge: WORKING_LONG_EDGE }
    const { result: picture, ms } = await this.#run('generate', number, (context) =>
      this.#make((outputFolder) => generator.generate({ ...order, outputFolder }, context), context)
    )
    await this.#options.held.storeAttempt(number, { picture, timings: { ...timings, generate: ms } })
    return picture
  }

  async judge(number: number, picture: Picture): Promise<Judgement> {
    const { brief, judgement: made, timings } = this.#attempt(number)
    if (made) return made
    const { vlm } = this.#options.engines
    const { limitations } = picture
    const path = await this.#requests.path(picture)
    const request = { ...(await this.#requests.brief()), brief, path, limitations }
    let measured: Criterion[] | undefined
    const { result: judgement, ms } = await this.#run('judge', number, async (context) => {
      measured ??= await this.#measured(picture, WORKING_LONG_EDGE, context)
      return judgementOf([...measured, ...(isViewable(measured) ? await vlm.judge(request, context) : [])])
    })
    await this.#options.held.storeAttempt(number, { judgement, timings: { ...timings, judge: ms } })
    return judgement
  }

  /** Puts an attempt beside the best of those before it: of a job in which none passes the better one is delivered. */
  async compare(number: number): Promise<void> {
    const { comparison, picture, judgement, timings } = this.#attempt(number)
    const champion = bestAttempt(this.#job.attempts.slice(0, number - 1))
    if (comparison || !picture || !judgement || !champion?.picture || !champion.judgement) return
    const { vlm } = this.#options.engines
    const request = {
      ...(await this.#requests.brief()),
      champion: { path: await this.#requests.path(champion.picture), judgement: champion.judgement },
      challenger: { path: await this.#requests.path(picture), judgement }
    }
    const { result, ms } = await this.#run('judge', number, (context) => vlm.prefer(request, context))
    const better = result.better === 'challenger' ? number : champion.number
    await this.#options.held.storeAttempt(number, {
      comparison: { ...result, against: champion.number, better },
      timings: { ...timings, judge: (timings.judge ?? 0) + ms }
    })
  }

  /** The brief of the next attempt, which begins with it; null when nothing is left to mend. */
  async tune(number: number, judgement: Judgement): Promise<Brief | null> {
    const next = this.#job.attempts[number]
    if (next) return next.brief
    const { brief: failed, nothingToMend, timings } = this.#attempt(number)
    if (nothingToMend) return null
    const { vlm } = this.#options.engines
    const history = this.#job.attempts.map((attempt) => attempt.brief)
    const judgements = this.#job.attempts.flatMap((attempt) => attempt.judgement ?? [])
    const request = { ...(await this.#requests.brief()), brief: failed, judgement, history, judgements }
    const { result: brief, ms } = await this.#run('tune', number, async (context) => {
      const tuned = await vlm.tune(request, context)
      return tuned && (await fitPrompt(tuned, request, context))
    })
    const tuned = { timings: { ...timings, tune: ms } }
    await this.#options.held.store((job) =>
      brief === null
        ? { attempts: withAttempt(job, number, { ...tuned, nothingToMend: true }) }
        : { attempts: [...withAttempt(job, number, tuned), newAttempt(job, number + 1, brief, {})] }
    )
    return brief
  }

  /**
   * Makes the size that was asked for and measures it again: the `final` when attempt and delivery pass or the
   * photographer wants it, else `best`.
   */
  async deliver(number: number): Promise<void> {
    const wanted = this.wantedNumber === number
    const delivered = this.#job.final ?? this.#job.best
    if (delivered?.attempt === number) {
      if (wanted) await this.#options.held.store(() => chosenByUser(delivered))
      return
    }
    const { generator } = this.#options.engines
    const { brief, picture: attempt, judgement: judged } = this.#attempt(number)
    if (!attempt || !judged) throw new StudioError('internal', `Attempt ${number} was not judged.`)
    const { longEdge } = resolutionOf(this.#job.parameters.resolution)
    const attemptPath = await this.#requests.path(attempt)
    const order = { ...(await this.#requests.picture(number, brief)), longEdge, attemptPath }
    const { result, ms } = await this.#run('finish', number, async (context) => {
      const picture = await this.#make((outputFolder) => generator.finish({ ...order, outputFolder }, context), context)
      const measured = await this.#measured(picture, longEdge, context)
      return { picture, judgement: remeasured(judged, measured) }
    })
    const deliverable = { attempt: number, ...result }
    const passed = judged.passed && result.judgement.passed
    const byJudge = passed ? ({ final: deliverable, best: null, chosenBy: 'judge' } as const) : { best: deliverable }
    await this.#options.held.store((job) => ({
      ...(wanted ? chosenByUser(deliverable) : byJudge),
      timings: { ...job.timings, finish: ms }
    }))
  }

  /** Ends the job by its verdict: completed with a final, failed without. */
  async end(): Promise<void> {
    await concludeJob(this.#options, null)
  }

  get #job(): Job {
    return this.#options.held.job
  }

  #attempt(number: number): Attempt {
    const attempt = this.#job.attempts[number - 1]
    if (!attempt) throw new StudioError('internal', `Attempt ${number} was not begun.`)
    return attempt
  }

  async #measured(picture: Picture, longEdge: number, context: CallContext): Promise<Criterion[]> {
    const request = await this.#requests.measure(picture, longEdge)
    const asOrdered = (ledger: readonly Criterion[]) => applyStrictness(ledger, this.#job.strictness)
    const telling: CallContext = {
      ...context,
      onProgress: ({ ledger, ...progress }) =>
        context.onProgress(ledger ? { ...progress, ledger: asOrdered(ledger) } : progress)
    }
    return asOrdered(await this.#options.engines.examiner.measure(request, telling))
  }

  #run<T>(step: Step, attempt: number | null, work: (context: CallContext) => Promise<T>) {
    return this.#options.runner.run({ step, attempt }, work)
  }

  async #make(call: (outputFolder: string) => Promise<MadePicture>, context: CallContext): Promise<Picture> {
    const { artifacts, scratch } = this.#options
    const folder = this.#outputFolder
    try {
      return await adoptPicture(await call(folder), folder, artifacts, context.signal)
    } catch (thrown) {
      // An engine that was given up may still be writing into the folder it had.
      this.#outputFolder = await mkdtemp(join(scratch, 'again-'))
      throw thrown
    }
  }
}

function chosenByUser(final: Deliverable) {
  return { final, best: null, chosenBy: 'user' } as const
}

function newAttempt(job: Job, number: number, brief: Brief, timings: Attempt['timings']): Attempt {
  const seed = attemptSeed(job.seed, number)
  return { number, seed, brief, picture: null, judgement: null, timings, startedAt: new Date() }
}

/** The judgement of an attempt with every criterion replaced that was measured again. */
function remeasured(judged: Judgement, measured: readonly Criterion[]): Judgement {
  const again = new Set(measured.map((criterion) => criterion.id))
  return judgementOf([...measured, ...judged.ledger.filter((criterion) => !again.has(criterion.id))])
}

function named(error: StudioError, name: string, reference: number): StudioError {
  return new StudioError(error.code, `"${name}": ${error.message}`, {
    hint: error.hint,
    details: { ...error.details, reference, name },
    cause: error
  })
}
