import type { Brief } from '../../domain/brief.ts'
import type { JobSteps } from './job-steps.ts'

/**
 * The heart of the studio. Each arrow is one durable transition of the job; a step whose outcome is already stored is
 * not done again, so after a crash the loop goes on where it was interrupted, with the same seed.
 */
export async function attemptLoop(steps: JobSteps): Promise<void> {
  if (steps.wantedNumber !== null) {
    await steps.deliver(steps.wantedNumber) //                         → final, stored
    return await steps.end() //                                        → report, completed
  }
  await steps.inspect() //                                             → stored
  let brief: Brief | null = await steps.writeBrief() //                → stored
  for (let number = 1; brief !== null; number += 1) {
    const picture = await steps.generate(number, brief) //             → artifact, stored
    const judgement = await steps.judge(number, picture) //            → stored
    if (judgement.passed) {
      await steps.deliver(number) //                                   → final, stored
      return await steps.end() //                                      → report, completed
    }
    await steps.compare(number) //                                     → stored
    if (number === steps.maxAttempts) break
    brief = await steps.tune(number, judgement) //                     → stored; null: nothing left to mend
  }
  await steps.deliver(steps.bestNumber) //                             → best, stored
  await steps.end() //                                                 → report, failed
}
