import { z } from 'zod'
import type { ChatAnswer, ChatModel, ChatRequest } from '../../../domain/chat-model.ts'
import { StudioError } from '../../../domain/errors.ts'
import type { CallContext } from '../../../domain/progress.ts'
import type { Served } from './chat-wire.ts'

/** How often a model is told what was wrong before it counts as unable. */
const TRIES = 3

type Asked = NonNullable<ChatRequest['jsonSchema']>

/**
 * An answer of JSON that fits the schema. No grammar binds the model: it is asked, its answer is checked, and where it
 * does not fit the model is told why and asked again.
 * @throws StudioError `request-invalid` for a schema that cannot be understood, and as `ChatModel.complete`
 */
export async function fittingAnswer(
  model: ChatModel,
  request: ChatRequest,
  asked: Asked,
  context: CallContext
): Promise<Served> {
  const schema = understood(asked)
  let { messages } = request
  let answer: ChatAnswer | undefined
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    answer = await model.complete({ ...request, messages, jsonSchema: asked }, context)
    const checked = checkedJson(answer.text, schema)
    if ('json' in checked) return { answer: { ...answer, text: checked.json }, refusal: null }
    messages = [
      ...request.messages,
      { role: 'assistant', text: answer.text, pictures: [] },
      { role: 'user', text: `That does not fit the schema: ${checked.wrong} Answer again.`, pictures: [] }
    ]
  }
  if (!answer) throw new StudioError('internal', 'The model was not asked.')
  return { answer, refusal: `The model wrote no JSON that fits the schema "${asked.name}", asked ${TRIES} times.` }
}

function understood({ name, schema }: Asked): z.ZodType {
  try {
    return z.fromJSONSchema(schema)
  } catch (cause) {
    throw new StudioError('request-invalid', `The schema "${name}" cannot be understood.`, {
      hint: 'Use JSON Schema 2020-12 without references to other documents.',
      cause
    })
  }
}

/** The object in an answer, whatever prose stands around it. */
function checkedJson(text: string, schema: z.ZodType): { readonly json: string } | { readonly wrong: string } {
  const from = text.indexOf('{')
  const to = text.lastIndexOf('}')
  if (from < 0 || to < from) return { wrong: 'there is no JSON object in it.' }
  const json = text.slice(from, to + 1)
  try {
    const checked = schema.safeParse(JSON.parse(json))
    return checked.success ? { json } : { wrong: z.prettifyError(checked.error) }
  } catch {
    return { wrong: 'it is no JSON.' }
  }
}
