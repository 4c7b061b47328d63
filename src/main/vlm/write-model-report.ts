import type { ChatModel } from '../../domain/chat-model.ts'
import { criterionIdSchema } from '../../domain/criterion.ts'
import type { Attempt, Job } from '../../domain/job.ts'
import { entryOf, PARAMETER_NAMES, type ParameterName } from '../../domain/parameters/parameters.ts'
import type { CallContext } from '../../domain/progress.ts'
import type { Report } from '../../domain/report.ts'
import { type DraftReport, draftReportSchema } from '../../domain/reporting/draft-report.ts'
import { ungrounded } from '../../domain/reporting/ungrounded.ts'
import { writeReport } from '../../domain/rules/report.ts'
import { say } from '../../domain/sentences/say.ts'
import { completeJson } from './complete-json.ts'
import { ledgerInWords } from './ledger-in-words.ts'
import { orderInWords } from './order-in-words.ts'
import type { BriefWriter } from './write-brief.ts'

/** Three attempts with a few sentences each, causes and advice. */
const MAX_TOKENS = 1_500

/**
 * The model's account of a job, every statement of which the ledger bears out; that of the rules where the model has none,
 * and where there is no ledger to write from.
 */
export async function writeModelReport(
  { model, prompts }: BriefWriter,
  job: Job,
  context: CallContext
): Promise<Report> {
  const byRules = writeReport(job)
  if (job.error !== null || job.attempts.every(({ judgement }) => judgement === null)) {
    return { ...byRules, note: say('report-without-ledger') }
  }
  const { instructions, text } = await prompts.fill('report', {
    order: orderInWords(job.parameters),
    attempts: byRules.summary,
    ledger: job.attempts.map(attemptInWords).join('\n')
  })
  const { value, problems } = await completeJson(
    model,
    {
      name: 'report',
      schema: draftReportSchema,
      instructions,
      text,
      pictures: [],
      maxTokens: MAX_TOKENS,
      check: async (draft) => ungrounded(draft, job)
    },
    context
  )
  if (value !== null && problems.length === 0) return await signed(value, model)
  return { ...byRules, note: [say('report-by-rules'), ...problems].join(' ') }
}

function attemptInWords({ number, judgement, brief }: Attempt): string {
  const verdict = judgement === null ? 'not judged' : judgement.passed ? 'passed' : 'did not pass'
  const changed = brief.repairs.map(({ reason }) => `changed before: ${reason}`)
  return [`Attempt ${number}, ${verdict}`, ...changed, ledgerInWords(judgement?.ledger ?? [])].join('\n')
}

async function signed(draft: DraftReport, model: ChatModel): Promise<Report> {
  const { engine, version } = await model.describe()
  return {
    summary: draft.summary,
    attempts: draft.attempts
      .map(({ attempt, analysis }) => ({ attempt, analysis }))
      .sort((one, other) => one.attempt - other.attempt),
    rootCauses: draft.rootCauses.map(({ criteria, cause }) => ({
      criteria: criteria.map((id) => criterionIdSchema.parse(id)),
      cause
    })),
    recommendations: draft.recommendations.map(({ advice, parameters }) =>
      parameters ? { advice, parameters: byTheirIds(parameters) } : { advice }
    ),
    writtenBy: { engine, version },
    writtenAt: new Date()
  }
}

/** Labels and aliases become the ids that orders are made of. */
function byTheirIds(parameters: Readonly<Record<string, string>>): Record<string, string> {
  const isName = (name: string): name is ParameterName => PARAMETER_NAMES.some((known) => known === name)
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      isName(name) ? (entryOf(name, value)?.id ?? value) : value
    ])
  )
}
