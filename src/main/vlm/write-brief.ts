import { z } from 'zod'
import type { Brief } from '../../domain/brief.ts'
import { checkPrompt, type PromptOrder } from '../../domain/briefing/check-prompt.ts'
import { measuredFor } from '../../domain/briefing/fit-prompt.ts'
import { mendPrompt } from '../../domain/briefing/mend-prompt.ts'
import { withoutGuesses } from '../../domain/briefing/person-words.ts'
import { type PromptFamily, promptFamilyOf } from '../../domain/briefing/prompt-family.ts'
import { isTooLong, lengthSays } from '../../domain/briefing/prompt-length.ts'
import type { ChatModel } from '../../domain/chat-model.ts'
import type { BriefRequest } from '../../domain/engine.ts'
import type { CallContext } from '../../domain/progress.ts'
import type { PromptName } from '../../domain/prompting/prompt-template.ts'
import { writeFirstBrief } from '../../domain/rules/brief.ts'
import { clientsNotes } from '../../domain/rules/prompt.ts'
import { say } from '../../domain/sentences/say.ts'
import { completeJson } from './complete-json.ts'
import { briefValues } from './order-in-words.ts'
import type { PromptTemplates } from './prompt-templates.ts'
import { SeenFeatures } from './seen-features.ts'

export interface BriefWriter {
  readonly model: ChatModel
  readonly prompts: PromptTemplates
}

const draftSchema = z.object({
  person: z.array(z.string().min(1).max(80)).max(6),
  prompt: z.string().min(1).max(2_000)
})
type Draft = z.infer<typeof draftSchema>

/** A hundred words, what is seen of the person, and the framing of JSON. */
const MAX_TOKENS = 500

const TEMPLATES: Readonly<Record<PromptFamily, PromptName & `brief-${string}`>> = {
  retouch: 'brief-retouch',
  edit: 'brief-edit',
  paint: 'brief-paint'
}

/**
 * The first brief of a job: the model's words about photo and order, checked and mended; settings by rules. Where the
 * model has no prompt that passes, the one by rules, and a note that says so.
 */
export async function writeBrief(
  { model, prompts }: BriefWriter,
  request: BriefRequest,
  context: CallContext
): Promise<Brief> {
  const { parameters, profile } = request
  const family = promptFamilyOf(request.generator)
  const { instructions, text } = await prompts.fill(TEMPLATES[family], briefValues(request))
  const picture = pictureOfThePerson(request)
  const features = picture === null ? null : new SeenFeatures(model, picture)
  const orderOf = async ({ person }: Draft): Promise<PromptOrder> => ({
    parameters,
    family,
    seen: features ? await features.of(person, context) : []
  })
  const { value, problems } = await completeJson(
    model,
    {
      name: 'brief',
      schema: draftSchema,
      instructions,
      text,
      pictures: picture === null ? [] : [picture],
      maxTokens: MAX_TOKENS,
      check: async (draft) => {
        const said = withoutGuesses(draft.prompt)
        const length = await measuredFor(request, said, context)
        const problems = checkPrompt(said, await orderOf(draft)).map((problem) => problem.says)
        return length && isTooLong(length) ? [...problems, lengthSays(length)] : problems
      }
    },
    context
  )
  const byRules = writeFirstBrief(request)
  if (value === null) return { ...byRules, note: [say('prompt-by-rules'), ...problems].join(' ') }
  const prompt =
    problems.length === 0 ? withoutGuesses(value.prompt) : mendPrompt(value.prompt, await orderOf(value), profile)
  if (prompt === null) {
    return {
      ...byRules,
      note: [say('prompt-not-mended'), ...problems].join(' ')
    }
  }
  return {
    ...byRules,
    prompt: withNotes(prompt, parameters.notes),
    ...(problems.length > 0 && { note: [say('prompt-mended'), ...problems].join(' ') })
  }
}

/** Null where it is not plain whom the photo is of: then nobody is described. */
function pictureOfThePerson({ references, inspections }: BriefRequest): string | null {
  const [first] = references
  return first && (inspections[0]?.faces.length ?? 1) === 1 ? first.path : null
}

/** As they were given; no model has seen them. */
function withNotes(prompt: string, notes: string): string {
  return notes === '' ? prompt : `${prompt} ${clientsNotes(notes)}`
}
