import type { VisionLanguageModel } from '../../domain/engine.ts'
import { type StudioError, serializeError, toStudioError } from '../../domain/errors.ts'
import type { Job } from '../../domain/job.ts'
import type { Report } from '../../domain/report.ts'
import type { HeldJob } from './held-job.ts'
import { type StepRunner, setback } from './step-runner.ts'

/** Writes a report from the ledger without any engine; used where the model cannot. Must not fail. */
export type WritePlainReport = (job: Job) => Report

export interface Conclusion {
  readonly held: HeldJob
  readonly runner: StepRunner
  /** Null where the job ended before its engines were known. */
  readonly vlm: VisionLanguageModel | null
  readonly writePlainReport: WritePlainReport
}

/** Ends the job with a report in one transition: by its verdict, or by the error that stopped it. */
export async function concludeJob(conclusion: Conclusion, error: StudioError | null): Promise<void> {
  const { held } = conclusion
  const status = error === null && held.job.final !== null ? 'completed' : 'failed'
  const outcome = { status, error: error === null ? null : serializeError(error) } as const
  const { report, ...change } = await writeReport(conclusion, { ...held.job, ...outcome, waiting: null })
  await held.store(() => ({ ...change, ...outcome, report: withStop(report, held.job) }))
}

type Written = { readonly report: Report } & Partial<Pick<Job, 'timings' | 'setbacks'>>

async function writeReport({ runner, vlm, writePlainReport }: Conclusion, job: Job): Promise<Written> {
  if (vlm === null) return { report: writePlainReport(job) }
  const place = { step: 'report', attempt: null } as const
  try {
    const { result: report, ms } = await runner.once(place, (context) => vlm.report(job, context))
    return { report, timings: { ...job.timings, report: ms } }
  } catch (thrown) {
    runner.signal.throwIfAborted()
    return { report: writePlainReport(job), setbacks: [...job.setbacks, setback(place, toStudioError(thrown))] }
  }
}

/** Whoever writes the report, it says that attempts were left unused, and why. */
function withStop(report: Report, { attempts, maxAttempts }: Job): Report {
  const last = attempts.at(-1)
  if (!last?.nothingToMend) return report
  const stop = `Stopped after attempt ${last.number} of ${maxAttempts}: nothing that can be set would mend what failed.`
  return { ...report, summary: `${report.summary} ${stop}` }
}
