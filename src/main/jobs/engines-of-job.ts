import type { EngineSet } from '../../domain/engine.ts'
import type { Job, JobEngines } from '../../domain/job.ts'
import type { HeldJob } from './held-job.ts'
import type { StepRunner } from './step-runner.ts'

/**
 * Finds the engines of a job. A name is binding; null leaves the choice to the studio.
 * @throws StudioError `engine-unknown`, `engine-unavailable`, `model-missing`.
 */
export type ChooseEngines = (job: Job, generator: string | null, vlm: string | null) => Promise<EngineSet>

export interface EnginesOfJob {
  readonly engines: EngineSet
  /** As they were when the job began. */
  readonly described: JobEngines
}

/** The engines the job began with, or, at its first claim, those chosen for it, which are then stored with it. */
export async function enginesOfJob(held: HeldJob, runner: StepRunner, choose: ChooseEngines): Promise<EnginesOfJob> {
  const { engines: stored, requestedEngines } = held.job
  const generator = stored?.generator.engine ?? requestedEngines.generator
  const vlm = stored?.vlm.engine ?? requestedEngines.vlm
  const { result } = await runner.run({ step: 'inspect', attempt: null }, async () => {
    const engines = await choose(held.job, generator, vlm)
    return { engines, described: stored ?? (await describeAll(engines)) }
  })
  if (stored === null) await held.store(() => ({ engines: result.described }))
  return result
}

async function describeAll({ vlm, generator, examiner }: EngineSet): Promise<JobEngines> {
  const [ofVlm, ofGenerator, ofExaminer] = await Promise.all([
    vlm.describe(),
    generator.describe(),
    examiner.describe()
  ])
  return { vlm: ofVlm, generator: ofGenerator, examiner: ofExaminer }
}
