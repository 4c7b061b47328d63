import type { Job } from '../job.ts'
import type { Report } from '../report.ts'
import { analyseAttempt } from './attempt-analysis.ts'
import { RULES_IDENTITY } from './identity.ts'
import { factsOf } from './job-facts.ts'
import { recommend } from './recommendations.ts'
import { summarise } from './report-summary.ts'
import { rootCausesOf } from './root-causes.ts'

/** The account of a job from its ledger alone: whatever it says can be looked up there. Never fails. */
export function writeReport(job: Job, writtenAt = new Date()): Report {
  const facts = factsOf(job)
  return {
    summary: summarise(facts),
    attempts: job.attempts.map((attempt) => ({ attempt: attempt.number, analysis: analyseAttempt(job, attempt) })),
    rootCauses: rootCausesOf(facts),
    recommendations: recommend(facts),
    writtenBy: { ...RULES_IDENTITY },
    writtenAt
  }
}
