import { z } from 'zod'
import type { Brief, Repair } from '../../domain/brief.ts'
import { contradictions, mentions } from '../../domain/briefing/check-prompt.ts'
import { inventedFeatures, withoutGuesses } from '../../domain/briefing/person-words.ts'
import { stemsOf } from '../../domain/briefing/prompt-words.ts'
import type { Criterion, CriterionId } from '../../domain/criterion.ts'
import type { TuneRequest } from '../../domain/engine.ts'
import { failedCriteria } from '../../domain/judgement.ts'
import { PARAMETER_NAMES } from '../../domain/parameters/parameters.ts'
import type { CallContext } from '../../domain/progress.ts'
import { withoutNotes, wordCount } from '../../domain/rules/prompt.ts'
import { wordsOf } from '../../domain/rules/prompt-phrases.ts'
import { reasonFor } from '../../domain/rules/repair-prompt.ts'
import { tuneBrief } from '../../domain/rules/tune.ts'
import { completeJson } from './complete-json.ts'
import { ledgerInWords } from './ledger-in-words.ts'
import { orderInWords, quoted } from './order-in-words.ts'
import type { BriefWriter } from './write-brief.ts'

const draftSchema = z.object({
  repairs: z.array(z.object({ criterion: z.string(), words: z.string().min(1).max(400) })).max(30)
})
type Draft = z.infer<typeof draftSchema>

const MAX_TOKENS = 600
const MOST_WORDS = 30

/**
 * The next brief: for an engine that is set, the settings that rules change; for one that reads, a sentence of the model
 * for each check that failed, and that of the rules where the model's does not pass. Null where neither has any left, or
 * the photo itself has the flaw.
 */
export async function tune(writer: BriefWriter, request: TuneRequest, context: CallContext): Promise<Brief | null> {
  const byRules = tuneBrief(request)
  const failed = failedCriteria(request.judgement)
  if (request.generator.kind !== 'generative' || failed.some(({ inPhoto }) => inPhoto)) return byRules
  const draft = await draftedRepairs(writer, request, failed, context)
  const repairs = failed.flatMap((criterion): Repair[] => {
    const words = sentenceFor(criterion.id, draft, request)
    if (words === null) return byRules?.repairs.filter((repair) => repair.criterion === criterion.id) ?? []
    return [{ criterion: criterion.id, setting: 'prompt', from: null, to: words, reason: reasonFor(criterion) }]
  })
  if (repairs.length === 0) return null
  const { note: _, ...brief } = request.brief
  return { ...brief, prompt: [brief.prompt, ...repairs.map(({ to }) => to)].join(' '), repairs }
}

async function draftedRepairs(
  { model, prompts }: BriefWriter,
  request: TuneRequest,
  failed: readonly Criterion[],
  context: CallContext
): Promise<Draft> {
  const { instructions, text } = await prompts.fill('tune', {
    order: orderInWords(request.parameters),
    prompt: quoted(withoutNotes(request.brief.prompt, request.parameters.notes)).slice(1, -1),
    failed: ledgerInWords(failed)
  })
  const { value } = await completeJson(
    model,
    {
      name: 'repairs',
      schema: draftSchema,
      instructions,
      text,
      pictures: [],
      maxTokens: MAX_TOKENS,
      check: async (draft) =>
        failed.flatMap(({ id }) =>
          sentenceFor(id, draft, request) === null ? [`There is no sentence for ${id} that can be used.`] : []
        )
    },
    context
  )
  return value ?? { repairs: [] }
}

/** The model's sentence for a criterion, or null where it has none that can be added to the prompt. */
function sentenceFor(id: CriterionId, { repairs }: Draft, request: TuneRequest): string | null {
  const { parameters, brief, history } = request
  const drafted = repairs.find(({ criterion }) => criterion === id)
  if (!drafted) return null
  const words = withoutGuesses(drafted.words.replace(/[\p{Cc}\s]+/gu, ' ').trim())
  const sentence = /[.!]$/.test(words) ? words : `${words}.`
  const said = history.flatMap((each) => each.repairs.map(({ to }) => String(to)))
  const ordered = PARAMETER_NAMES.map((name) => wordsOf(name, parameters))
  const parameter = PARAMETER_NAMES.find((name) => id === `vlm:${name}` || id === `parameter:${name}`)
  const isUsable =
    stemsOf(sentence).length > 0 &&
    wordCount(sentence) <= MOST_WORDS &&
    !brief.prompt.includes(sentence) &&
    !said.includes(sentence) &&
    contradictions(sentence, { parameters }).length === 0 &&
    inventedFeatures(sentence, [brief.prompt, ...ordered]).length === 0 &&
    (parameter === undefined || mentions(sentence, wordsOf(parameter, parameters)))
  return isUsable ? sentence : null
}
