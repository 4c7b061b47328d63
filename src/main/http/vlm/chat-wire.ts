import { z } from 'zod'
import type { ChatAnswer } from '../../../domain/chat-model.ts'

/**
 * The part of OpenAI's chat completions that a vision-language model on this machine can serve, as vLLM understands it.
 * Source: https://platform.openai.com/docs/api-reference/chat/create; `structured_outputs`:
 * https://docs.vllm.ai/en/latest/features/structured_outputs.html
 */

const textPartSchema = z.object({ type: z.literal('text'), text: z.string() })
const picturePartSchema = z.object({ type: z.literal('image_url'), image_url: z.object({ url: z.string() }) })
const contentSchema = z.union([
  z.string(),
  z.array(z.discriminatedUnion('type', [textPartSchema, picturePartSchema])).min(1)
])

const wireMessageSchema = z.object({
  role: z.enum(['system', 'developer', 'user', 'assistant']),
  content: contentSchema
})
export type ServedMessage = z.infer<typeof wireMessageSchema>

const jsonSchemaSchema = z.record(z.string(), z.unknown())

/** Tokens of an answer where nobody says how many: what vLLM's clients expect to be enough for a paragraph or two. */
const USUAL_TOKENS = 1024

export const chatCompletionSchema = z.object({
  model: z.string(),
  messages: z.array(wireMessageSchema).min(1),
  max_tokens: z.int().positive().nullish(),
  max_completion_tokens: z.int().positive().nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  seed: z.int().nonnegative().nullish(),
  stop: z.union([z.string().min(1), z.array(z.string().min(1)).max(4)]).nullish(),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().optional() }).nullish(),
  logprobs: z.boolean().nullish(),
  top_logprobs: z.int().min(0).max(20).nullish(),
  n: z.literal(1, 'is 1 here: one answer to each request').nullish(),
  tools: z.array(z.unknown()).max(0, 'are nothing that this model knows').nullish(),
  response_format: z
    .discriminatedUnion('type', [
      z.object({ type: z.literal('text') }),
      z.object({ type: z.literal('json_object') }),
      z.object({
        type: z.literal('json_schema'),
        json_schema: z.object({ name: z.string(), schema: jsonSchemaSchema })
      })
    ])
    .nullish(),
  structured_outputs: z.object({ json: jsonSchemaSchema }).nullish()
})
export type ChatCompletionRequest = z.infer<typeof chatCompletionSchema>

/** The schema that an answer has to fit; null where it may be any text. */
export function askedSchema({ response_format, structured_outputs }: ChatCompletionRequest) {
  if (structured_outputs) return { name: 'answer', schema: structured_outputs.json }
  switch (response_format?.type) {
    case 'json_schema':
      return { name: response_format.json_schema.name, schema: response_format.json_schema.schema }
    case 'json_object':
      return { name: 'answer', schema: { type: 'object' } }
    default:
      return null
  }
}

export const mostTokens = (request: ChatCompletionRequest): number =>
  request.max_completion_tokens ?? request.max_tokens ?? USUAL_TOKENS

/** An answer, or a refusal in words where none fits what was asked. */
export interface Served {
  readonly answer: ChatAnswer
  readonly refusal: string | null
}

export interface AnswerHead {
  readonly id: string
  readonly created: number
  readonly model: string
}

export function usageOf({ tokens }: ChatAnswer) {
  return {
    prompt_tokens: tokens.prompt,
    completion_tokens: tokens.completion,
    total_tokens: tokens.prompt + tokens.completion,
    // https://platform.openai.com/docs/guides/prompt-caching
    prompt_tokens_details: { cached_tokens: tokens.cached ?? 0 }
  }
}

export function logprobsOf({ chances }: ChatAnswer) {
  if (!chances) return null
  const told = ({ token, logprob }: { token: string; logprob: number }) => ({
    token,
    // JSON has no infinity; what cannot be is told as OpenAI does.
    logprob: Math.max(logprob, -9999),
    bytes: [...Buffer.from(token)]
  })
  return { content: chances.map((each) => ({ ...told(each), top_logprobs: each.likeliest.map(told) })), refusal: null }
}

export function completionOf({ id, created, model }: AnswerHead, { answer, refusal }: Served) {
  const content = refusal === null ? answer.text : null
  return {
    id,
    object: 'chat.completion',
    created,
    model,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content, refusal },
        logprobs: logprobsOf(answer),
        finish_reason: answer.finish
      }
    ],
    usage: usageOf(answer)
  }
}

/** One event of a streamed answer. */
export function chunkOf({ id, created, model }: AnswerHead, delta: object, rest: object = {}) {
  return {
    id,
    object: 'chat.completion.chunk',
    created,
    model,
    choices: [{ index: 0, delta, logprobs: null, finish_reason: null, ...rest }]
  }
}
