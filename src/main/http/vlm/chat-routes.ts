import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ChatAnswer, ChatRequest } from '../../../domain/chat-model.ts'
import { StudioError } from '../../../domain/errors.ts'
import type { Progress } from '../../../domain/progress.ts'
import { sendEvents } from '../event-stream.ts'
import type { GuardedParts, RegisterRoutes } from '../guarded-server.ts'
import { openAiFailure } from '../model-server/openai-failure.ts'
import {
  type AnswerHead,
  askedSchema,
  type ChatCompletionRequest,
  chatCompletionSchema,
  chunkOf,
  completionOf,
  logprobsOf,
  mostTokens,
  type Served,
  usageOf
} from './chat-wire.ts'
import { fittingAnswer } from './fitting-answer.ts'
import { receiveMessages } from './received-pictures.ts'
import type { ServedModel } from './served-model.ts'

/** OpenAI's chat completions over the model; a request whose caller hangs up is given up. */
export const chatRoutes =
  (served: ServedModel): RegisterRoutes<GuardedParts> =>
  (app, { closing }) => {
    app.post(
      '/v1/chat/completions',
      { schema: { operationId: 'createChatCompletion', summary: 'Asks the model', body: chatCompletionSchema } },
      async (request, reply) => {
        const { body } = request
        served.requireModel(body.model)
        const leave = served.enter()
        const { messages, remove } = await receiveMessages(body.messages).catch((thrown: unknown) => {
          leave()
          throw thrown
        })
        const head = { id: `chatcmpl-${randomUUID()}`, created: Math.floor(Date.now() / 1000), model: served.name }
        const signal = AbortSignal.any([closing, whenGone(request, reply)])
        const work = async (onProgress: (progress: Progress) => void) => {
          try {
            const answer = await answerTo(served, body, messages, { signal, onProgress })
            served.count(answer.answer)
            return answer
          } finally {
            leave()
            await remove()
          }
        }
        if (body.stream) return await stream(reply, signal, head, body, work)
        return completionOf(head, await work(() => {}))
      }
    )
  }

async function answerTo(
  { model }: ServedModel,
  body: ChatCompletionRequest,
  messages: ChatRequest['messages'],
  context: Parameters<ServedModel['model']['complete']>[1]
): Promise<Served> {
  const request: ChatRequest = {
    messages,
    maxTokens: mostTokens(body),
    // OpenAI's default.
    temperature: body.temperature ?? 1,
    ...(typeof body.seed === 'number' && { seed: body.seed }),
    ...(body.logprobs && { likeliest: body.top_logprobs ?? 0 })
  }
  const asked = askedSchema(body)
  if (asked) return await fittingAnswer(model, request, asked, context)
  const answer = await model.complete(request, context)
  return { answer: { ...answer, ...cutAt(answer, body.stop) }, refusal: null }
}

/** Up to the first of the texts that end an answer. */
function cutAt({ text, finish }: ChatAnswer, stop: ChatCompletionRequest['stop']): Pick<ChatAnswer, 'text' | 'finish'> {
  const ends = [stop ?? []].flat().flatMap((end) => (text.includes(end) ? [text.indexOf(end)] : []))
  return ends.length === 0 ? { text, finish } : { text: text.slice(0, Math.min(...ends)), finish: 'stop' }
}

/** Raised when the caller hangs up before the answer is whole. */
function whenGone(request: FastifyRequest, reply: FastifyReply): AbortSignal {
  const gone = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort(new StudioError('cancelled', `${request.url} was given up.`))
  })
  return gone.signal
}

/** The text as it grows; what has to fit a schema, or ends at a text, is told when it is whole. */
async function stream(
  reply: FastifyReply,
  signal: AbortSignal,
  head: AnswerHead,
  body: ChatCompletionRequest,
  work: (onProgress: (progress: Progress) => void) => Promise<Served>
): Promise<FastifyReply> {
  const grows = askedSchema(body) === null && !body.stop
  return await sendEvents(reply, signal, ({ tell, end }) => {
    let told = ''
    const tellMore = (text: string) => {
      // Never takes back what was said: a character of two tokens may come out otherwise in between.
      if (!text.startsWith(told) || text.length === told.length) return
      tell({ data: chunkOf(head, { content: text.slice(told.length) }) })
      told = text
    }
    tell({ data: chunkOf(head, { role: 'assistant', content: '' }) })
    work(({ text }) => grows && text !== undefined && tellMore(text))
      .then(({ answer, refusal }) => {
        if (refusal === null) tellMore(answer.text)
        const delta = refusal === null ? {} : { refusal }
        tell({ data: chunkOf(head, delta, { finish_reason: answer.finish, logprobs: logprobsOf(answer) }) })
        if (body.stream_options?.include_usage)
          tell({ data: { ...chunkOf(head, {}), choices: [], usage: usageOf(answer) } })
        tell({ data: '[DONE]', isText: true })
      })
      .catch((thrown: unknown) => tell({ data: openAiFailure(thrown).body }))
      .finally(end)
    return () => {}
  })
}
