import type { z } from 'zod'
import type { ChatAnswer, ChatRequest, chatRequestSchema } from '../../domain/chat-model.ts'
import { StudioError } from '../../domain/errors.ts'
import type { CallContext } from '../../domain/progress.ts'
import { lastLogProbabilities, likeliestTokens } from './logits.ts'
import type { OpenModel } from './open-model.ts'
import { atLastPicture, readOn, readPrefix, release } from './picture-prefix.ts'
import { inputsOf, type ModelInputs, ones, renderPrompt, requireRoom, row } from './prompt.ts'
import {
  DynamicCache,
  InterruptableStoppingCriteria,
  LogitsProcessor,
  LogitsProcessorList,
  random,
  type Tensor,
  TextStreamer
} from './transformers.ts'

/** As for questions: the prompt is read in one step, then each token takes its own. */
const PROMPT_MS = 900_000
const TOKEN_MS = 120_000

/**
 * An answer, token by token; cancelled between two of them.
 * @throws StudioError of a picture, `request-invalid`, `engine-output-invalid` for an empty answer, `cancelled`.
 */
export async function completeChat(
  model: OpenModel,
  request: z.infer<typeof chatRequestSchema>,
  { signal, onProgress }: CallContext
): Promise<ChatAnswer> {
  const { maxTokens, temperature, seed, likeliest } = request
  const messages = withSchema(request)
  const progress = (activity: string, done: number, withinMs: number, text = '') =>
    onProgress({ activity, done, total: maxTokens, withinMs, text })
  progress('Reading the prompt', 0, PROMPT_MS)
  const { inputs, cached, cache } = await preparedInputs(model, messages, maxTokens, signal)
  const promptTokens = inputs.input_ids.dims[1] ?? 0

  const tokens: number[] = []
  const streamer = new TextStreamer(model.tokenizer, {
    skip_prompt: true,
    callback_function: () => {},
    token_callback_function: (more) => {
      tokens.push(...more.map(Number))
      progress('Writing', tokens.length, TOKEN_MS, textOf(model, tokens))
    }
  })
  const stopping = new InterruptableStoppingCriteria()
  const interrupt = () => stopping.interrupt()
  signal.addEventListener('abort', interrupt, { once: true })
  const chances = likeliest === undefined ? null : new Chances(likeliest)
  const processors = new LogitsProcessorList()
  if (chances) processors.push(chances)
  if (seed !== undefined) random.seed(seed)
  try {
    signal.throwIfAborted()
    await model.model.generate({
      ...inputs,
      max_new_tokens: maxTokens,
      do_sample: temperature > 0,
      ...(temperature > 0 ? { temperature } : {}),
      streamer,
      stopping_criteria: stopping,
      logits_processor: processors
    })
  } finally {
    signal.removeEventListener('abort', interrupt)
    await cache?.dispose()
  }
  signal.throwIfAborted()

  const ended = model.endTokens.has(tokens.at(-1) ?? -1)
  const text = textOf(model, tokens)
  if (text.trim() === '') {
    throw new StudioError('engine-output-invalid', 'The vision-language model wrote nothing.', {
      hint: 'It is tried again. If it happens again, choose another model.'
    })
  }
  return {
    text,
    finish: ended ? 'stop' : 'length',
    tokens: { prompt: promptTokens, completion: tokens.length, ...(cached > 0 && { cached }) },
    ...(chances && { chances: chancesInWords(model, tokens, chances) })
  }
}

/** The whole prompt, with the keys and values of what was read of it already; `cached`: tokens read for a request before. */
async function preparedInputs(
  model: OpenModel,
  messages: ChatRequest['messages'],
  maxTokens: number,
  signal: AbortSignal
): Promise<{ readonly inputs: ModelInputs; readonly cached: number; readonly cache: DynamicCache | null }> {
  const prompt = renderPrompt(model, messages)
  const pictures = messages.flatMap((message) => message.pictures)
  if (pictures.length === 0) {
    const inputs = await inputsOf(model, prompt, [])
    requireRoom(inputs.input_ids.dims[1] ?? 0, maxTokens, model.contextLength)
    return { inputs, cached: 0, cache: null }
  }
  const { beginning, endings } = atLastPicture(model, [prompt])
  const ending = endings.flat()
  const following = { ending: ending.length, answer: maxTokens }
  const prefix = await readPrefix(model, beginning, pictures, following, signal)
  const { ids, grid, wasKept } = prefix
  const all = [...ids, ...ending]
  // All but the last token: of several new ones the library would look at the picture again, which is not there any more.
  const read =
    ending.length > 1 ? await readOn(model, prefix, ending.slice(0, -1)).finally(() => release(prefix)) : prefix
  // It grows in place; on a graphics card what it grew out of is given back.
  const cache = new DynamicCache({ ...read.keysAndValues })
  const inputs = { input_ids: row(all), attention_mask: ones(all.length), past_key_values: cache, ...grid }
  return { inputs, cached: wasKept ? ids.length : 0, cache }
}

/** No grammar binds the model: it is told what its answer has to fit, and whoever asked looks whether it does. */
function withSchema({ messages, jsonSchema }: z.infer<typeof chatRequestSchema>) {
  if (!jsonSchema) return messages
  const rule = `Answer with one JSON object and nothing else. It has to fit this schema: ${JSON.stringify(jsonSchema.schema)}`
  const last = messages.findLastIndex(({ role }) => role === 'user')
  return messages.map((message, at) => (at === last ? { ...message, text: `${message.text}\n\n${rule}` } : message))
}

function textOf({ tokenizer }: OpenModel, tokens: readonly number[]): string {
  if (tokens.length === 0) return ''
  const text = tokenizer.decode([...tokens], { skip_special_tokens: true, clean_up_tokenization_spaces: false })
  // Half of a character that takes two tokens; it is whole with the next one.
  return text.replace(/\uFFFD+$/, '').replace(/^\s+/, '')
}

/** Looks at the logits of each place as they pass, and changes nothing. */
class Chances extends LogitsProcessor {
  readonly #most: number
  readonly logProbabilities: Float32Array[] = []
  readonly likeliest: number[][] = []

  constructor(most: number) {
    super()
    this.#most = most
  }

  override _call(_ids: bigint[][], logits: Tensor): Tensor {
    const all = lastLogProbabilities(logits)
    this.logProbabilities.push(all)
    this.likeliest.push(likeliestTokens(all, this.#most))
    return logits
  }
}

function chancesInWords({ tokenizer }: OpenModel, tokens: readonly number[], chances: Chances) {
  const inWords = (at: number, token: number) => ({
    token: tokenizer.decode([token], { skip_special_tokens: false, clean_up_tokenization_spaces: false }),
    logprob: chances.logProbabilities[at]?.[token] ?? Number.NEGATIVE_INFINITY
  })
  return tokens.map((token, at) => ({
    ...inWords(at, token),
    likeliest: (chances.likeliest[at] ?? []).map((other) => inWords(at, other))
  }))
}
