import type { VisionLanguageModel } from '../../domain/engine.ts'
import { preferredByScore, preferredByVeto } from '../../domain/judging/preference.ts'
import { writeFirstBrief } from '../../domain/rules/brief.ts'
import { RULES_IDENTITY } from '../../domain/rules/identity.ts'
import { writeReport } from '../../domain/rules/report.ts'
import { tuneBrief } from '../../domain/rules/tune.ts'
import { unjudged } from '../../domain/rules/unjudged.ts'
import { say } from '../../domain/sentences/say.ts'

/** The vision-language model that is always there: templates and a retoucher's rules over what was measured. */
export function createRulesVlm(): VisionLanguageModel {
  return {
    describe: async () => ({
      ...RULES_IDENTITY,
      label: say('label-rules'),
      kind: 'rules',
      abilities: [say('can-write-prompts'), say('can-follow-measurements'), say('can-report-from-ledger')],
      reason: say('engine-built-in')
    }),
    writeBrief: async (request) => writeFirstBrief(request),
    judge: async (request) => unjudged(request),
    prefer: async ({ champion, challenger }) =>
      preferredByVeto(champion.judgement, challenger.judgement) ??
      preferredByScore(champion.judgement, challenger.judgement),
    tune: async (request) => tuneBrief(request),
    report: async (job) => writeReport(job)
  }
}
