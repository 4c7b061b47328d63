import { z } from 'zod'
import type { ChatMessage, ChatRequest, YesNoAnswer } from '../../../domain/chat-model.ts'
import type { ServerAbilities } from './server-abilities.ts'

/** A token and the natural logarithm of its probability. */
const tokenSchema = z.object({ token: z.string(), logprob: z.number() })

const logprobsSchema = z.object({
  content: z.array(tokenSchema.extend({ top_logprobs: z.array(tokenSchema).default([]) })).nullish()
})

const usageSchema = z.object({ prompt_tokens: z.int().nonnegative(), completion_tokens: z.int().nonnegative() })

/** What an answer may hold beside its text: https://platform.openai.com/docs/api-reference/chat/object */
const saidSchema = z.object({ content: z.string().nullish(), refusal: z.string().nullish() })

/** A whole answer. */
export const completionSchema = z.object({
  choices: z
    .array(z.object({ message: saidSchema, finish_reason: z.string().nullish(), logprobs: logprobsSchema.nullish() }))
    .min(1),
  usage: usageSchema.nullish()
})
export type Completion = z.infer<typeof completionSchema>

/** One event of a streamed answer; the last has no choice and the usage. */
export const chunkSchema = z.object({
  choices: z.array(z.object({ delta: saidSchema, finish_reason: z.string().nullish() })),
  usage: usageSchema.nullish()
})

/** An error that a server tells in mid-stream, after it has said 200. */
export const chunkErrorSchema = z.object({ error: z.object({ message: z.string() }) })

/** A turn of the conversation with its pictures as data URIs. */
export type WireMessage = Pick<ChatMessage, 'role' | 'text'> & { readonly uris: readonly string[] }

/** https://platform.openai.com/docs/api-reference/chat/create */
export function completionBody(
  model: string,
  messages: readonly WireMessage[],
  { maxTokens, temperature = 0, seed, jsonSchema }: Omit<ChatRequest, 'messages'>,
  { json }: Pick<ServerAbilities, 'json'>
) {
  return {
    model,
    messages: messages.map(onTheWire),
    max_tokens: maxTokens,
    temperature,
    ...(seed !== undefined && { seed }),
    ...(jsonSchema && constraint(jsonSchema, json)),
    stream: true,
    stream_options: { include_usage: true }
  }
}

/** One token is asked for where its probabilities are told, else enough for a word. */
export function yesNoBody(
  model: string,
  messages: readonly WireMessage[],
  { topLogprobs }: Pick<ServerAbilities, 'topLogprobs'>
) {
  const told = topLogprobs === 0 ? {} : { logprobs: true, top_logprobs: topLogprobs }
  return { model, messages: messages.map(onTheWire), max_tokens: topLogprobs === 0 ? 4 : 1, temperature: 0, ...told }
}

function onTheWire({ role, text, uris }: WireMessage) {
  if (uris.length === 0) return { role, content: text }
  const pictures = uris.map((url) => ({ type: 'image_url', image_url: { url } }))
  return { role, content: [...pictures, { type: 'text', text }] }
}

/** `structured_outputs` is vLLM's own: https://docs.vllm.ai/en/latest/features/structured_outputs.html */
function constraint({ name, schema }: NonNullable<ChatRequest['jsonSchema']>, json: ServerAbilities['json']) {
  switch (json) {
    case 'response_format':
      return { response_format: { type: 'json_schema', json_schema: { name, schema, strict: true } } }
    case 'structured_outputs':
      return { structured_outputs: { json: schema } }
    case 'none':
      return {}
  }
}

const wordOf = (token: string) =>
  token
    .replace(/^[▁Ġ\s"'*]+/u, '')
    .trim()
    .toLowerCase()

/** From the probabilities of the first token; null where the server told none. */
export function yesNoOf({ choices: [first] }: Completion): YesNoAnswer | null {
  const [token] = first?.logprobs?.content ?? []
  if (!token) return null
  // The token that was chosen is among the likeliest in most servers, not in all.
  const told = new Map([token, ...token.top_logprobs].map((each) => [each.token, each.logprob]))
  const mass = (word: string) =>
    [...told].reduce((sum, [each, logprob]) => sum + (wordOf(each) === word ? Math.exp(logprob) : 0), 0)
  return { yes: Math.min(1, mass('yes')), no: Math.min(1, mass('no')) }
}

/** From the word itself: certain of whatever it says, and of neither where it says neither. */
export function yesNoOfWord({ choices: [first] }: Completion): YesNoAnswer {
  const [word] = (first?.message.content ?? '').match(/[a-z]+/i) ?? []
  return { yes: word?.toLowerCase() === 'yes' ? 1 : 0, no: word?.toLowerCase() === 'no' ? 1 : 0 }
}
