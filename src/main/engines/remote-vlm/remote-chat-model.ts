import type {
  ChatAnswer,
  ChatMessage,
  ChatModel,
  ChatRequest,
  YesNoAnswer,
  YesNoRequest
} from '../../../domain/chat-model.ts'
import type { EngineDescription } from '../../../domain/engine.ts'
import { StudioError, toStudioError } from '../../../domain/errors.ts'
import type { CallContext } from '../../../domain/progress.ts'
import { say } from '../../../domain/sentences/say.ts'
import type { Log } from '../../logs/log.ts'
import { cancelledBy } from '../cancellation.ts'
import { ActivityOfEngine } from '../engine-activity.ts'
import { modelsAt } from '../probe-server.ts'
import { Patience } from '../remote/patience.ts'
import { named, REMOTE_ENGINE, type RemoteServer } from '../remote/remote-server.ts'
import { RequestRefused } from '../remote/server-fault.ts'
import { completionBody, type WireMessage, yesNoBody, yesNoOf, yesNoOfWord } from './chat-wire.ts'
import { Exchange, type Streamed } from './exchange.ts'
import { REMOTE_VLM_LIMITS, type RemoteVlmLimits } from './limits.ts'
import { PictureUris, type Reducer } from './picture-uris.ts'
import { ASSUMED_ABILITIES, lesserAbilities, type ServerAbilities, type Used } from './server-abilities.ts'

export interface RemoteChatModelOptions {
  readonly server: RemoteServer
  /** Where `isNamed` is not set, a server that has a single other model is asked for that one. */
  readonly model: { readonly name: string; readonly isNamed: boolean }
  readonly reducer: Reducer
  readonly log: Pick<Log, 'info' | 'warn'>
  readonly limits?: Partial<RemoteVlmLimits>
}

/** Whoever asks what there is waits for it, milliseconds. */
const NAME_WITHIN_MS = 2_000
/** Tokens a model may say beyond what it was told, before it is hung up on. */
const LEEWAY = 8

/** The model of any server that speaks OpenAI's chat completions, first of all vLLM. */
export class RemoteChatModel implements ChatModel {
  readonly activity = new ActivityOfEngine()
  readonly #options: RemoteChatModelOptions
  readonly #limits: RemoteVlmLimits
  readonly #exchange: Exchange
  readonly #patience: Patience
  readonly #uris: PictureUris
  #abilities = ASSUMED_ABILITIES
  /** Whether the server tells probabilities; null while nobody has asked it a question. */
  #tellsProbabilities: boolean | null = null
  #model: string | undefined
  #underWay = 0

  constructor(options: RemoteChatModelOptions) {
    this.#options = options
    this.#limits = { ...REMOTE_VLM_LIMITS, ...options.limits }
    this.#exchange = new Exchange(options.server, this.#limits)
    this.#patience = new Patience(this.#limits)
    this.#uris = new PictureUris(options.reducer)
  }

  /** Asks the server only for a name that nobody has given it; one that is away is described all the same. */
  async describe(): Promise<EngineDescription> {
    const { server, model } = this.#options
    if (!model.isNamed) await this.#modelName(AbortSignal.timeout(NAME_WITHIN_MS)).catch(() => undefined)
    const judges = this.#tellsProbabilities === false ? say('can-judge-by-words') : say('can-judge')
    return {
      engine: REMOTE_ENGINE,
      version: this.#model ?? model.name,
      label: say('label-on-server', { model: shortName(this.#model ?? model.name) }),
      kind: 'language-model',
      abilities: [say('can-write-briefs'), judges, say('can-change'), say('can-report')],
      reason: say('engine-by-vllm-url'),
      runsOn: named(server)
    }
  }

  /** As `describe`, after asking the server. @throws StudioError `engine-unavailable` */
  async describeNow(signal = new AbortController().signal): Promise<EngineDescription> {
    await this.#working(async () => await this.#modelName(signal))
    return await this.describe()
  }

  async complete(request: ChatRequest, context: CallContext): Promise<ChatAnswer> {
    const { signal } = context
    const { messages, ...settings } = request
    const used = {
      json: request.jsonSchema !== undefined,
      logprobs: false,
      pictures: messages.reduce((sum, { pictures }) => sum + pictures.length, 0)
    }
    const mostPieces = request.maxTokens + LEEWAY
    const answer = await this.#working(async () => {
      context.onProgress(this.#progress('Writing', 0, mostPieces))
      const model = await this.#modelName(signal)
      return await this.#negotiated(used, signal, async (abilities) => {
        const body = completionBody(model, await this.#onTheWire(messages, abilities, context), settings, abilities)
        return await this.#exchange.streamed(body, {
          signal,
          mostPieces,
          onPiece: (done) => context.onProgress(this.#progress('Writing', done, mostPieces))
        })
      })
    })
    return checkedAnswer(answer)
  }

  async ask(request: YesNoRequest, context: CallContext): Promise<YesNoAnswer[]> {
    const { questions } = request
    // Once one has failed, nobody waits for the others.
    const failed = new AbortController()
    const together = { ...context, signal: AbortSignal.any([context.signal, failed.signal]) }
    let done = 0
    const answerTo = async (question: string): Promise<YesNoAnswer> => {
      const answer = await this.#answerTo(question, request, together)
      done += 1
      context.onProgress(this.#progress('Judging', done, questions.length))
      return answer
    }
    return await this.#working(async () => {
      const [first, ...others] = questions
      if (first === undefined) return []
      context.onProgress(this.#progress('Judging', 0, questions.length))
      // The first has the server read the pictures, which it then knows for the others.
      const answer = await answerTo(first)
      const rest = others.map(answerTo)
      try {
        return [answer, ...(await Promise.all(rest))]
      } catch (thrown) {
        failed.abort(thrown)
        await Promise.allSettled(rest)
        throw thrown
      }
    })
  }

  async close(): Promise<void> {
    await this.#exchange.close()
  }

  async #answerTo(question: string, request: YesNoRequest, context: CallContext): Promise<YesNoAnswer> {
    const { signal } = context
    const { instructions, pictures } = request
    const messages: ChatMessage[] = [
      { role: 'system', text: instructions, pictures: [] },
      { role: 'user', text: question, pictures }
    ]
    const model = await this.#modelName(signal)
    const used = { json: false, logprobs: true, pictures: pictures.length }
    return await this.#negotiated(used, signal, async (abilities) => {
      const body = yesNoBody(model, await this.#onTheWire(messages, abilities, context), abilities)
      const answer = await this.#exchange.whole(body, signal)
      const probabilities = yesNoOf(answer)
      this.#tellsProbabilities = probabilities !== null
      return probabilities ?? yesNoOfWord(answer)
    })
  }

  /** Asks for less, as long as the server does not take what it is asked; what it took is remembered. */
  async #negotiated<T>(used: Used, signal: AbortSignal, send: (abilities: ServerAbilities) => Promise<T>): Promise<T> {
    let first: RequestRefused | undefined
    for (let abilities = this.#abilities; ; ) {
      try {
        const sent = performance.now()
        const result = await this.#patience.run(() => send(abilities), signal)
        this.#learn(abilities, first)
        this.#options.log.info({ ms: Math.round(performance.now() - sent), pictures: used.pictures }, 'answered')
        return result
      } catch (thrown) {
        if (!(thrown instanceof RequestRefused)) throw thrown
        first ??= thrown
        if (thrown.status === 404) throw await this.#notFound(thrown, signal)
        const lesser = lesserAbilities(abilities, thrown, used)
        // What the server said first is what it minds; the rest came of asking for less.
        if (lesser === null) throw first
        abilities = lesser
      }
    }
  }

  #learn(abilities: ServerAbilities, refusal: RequestRefused | undefined): void {
    if (refusal === undefined) return
    this.#abilities = abilities
    this.#options.log.warn({ err: refusal, abilities }, 'the server takes less than was asked')
  }

  async #onTheWire(
    messages: readonly ChatMessage[],
    abilities: ServerAbilities,
    context: CallContext
  ): Promise<WireMessage[]> {
    return await Promise.all(
      messages.map(async ({ role, text, pictures }) => {
        const uris = await this.#uris.of(pictures, abilities, context)
        return { role, uris, text: uris.length < pictures.length ? `${sideBySide(pictures.length)}\n\n${text}` : text }
      })
    )
  }

  /** @throws StudioError `engine-unavailable` that says which models there are; `cancelled` */
  async #modelName(signal: AbortSignal): Promise<string> {
    if (this.#model !== undefined) return this.#model
    const { server, model } = this.#options
    const models = await modelsAt(server, signal).catch((thrown: unknown) => {
      if (signal.aborted) throw cancelledBy(signal)
      throw thrown
    })
    const [only, ...others] = models
    const found = models.includes(model.name) ? model.name : !model.isNamed && others.length === 0 ? only : undefined
    if (found === undefined) {
      throw new StudioError(
        'engine-unavailable',
        say('error-server-model', { where: named(server), model: model.name }),
        {
          hint: `Set MODEL to one that it has: ${models.join(', ')}. Or start it with that model.`,
          details: { models }
        }
      )
    }
    this.#model = found
    return found
  }

  /** The server was started anew with another model, or has no chat completions at all. */
  async #notFound(refusal: RequestRefused, signal: AbortSignal): Promise<StudioError> {
    this.#model = undefined
    const model = await this.#modelName(signal)
    return new StudioError('engine-unavailable', `The server has "${model}" but does not chat: ${refusal.says}`, {
      hint: 'Check that the model is one that chats about pictures, and that the address is that of its server.',
      cause: refusal
    })
  }

  async #working<T>(work: () => Promise<T>): Promise<T> {
    this.#underWay += 1
    this.activity.is('busy')
    let away: StudioError | null = null
    try {
      return await work()
    } catch (thrown) {
      const error = toStudioError(thrown)
      if (error.code === 'engine-unavailable') {
        away = error
        this.#options.log.warn({ err: error }, 'the server is away')
      }
      throw error
    } finally {
      this.#underWay -= 1
      if (this.#underWay === 0) this.activity.is(away ? 'away' : 'ready', away)
    }
  }

  #progress(activity: string, done: number, total: number) {
    return { activity, done, total, withinMs: this.#limits.firstTokenMs }
  }
}

function checkedAnswer({ text, refusal, finish, usage, pieces }: Streamed): ChatAnswer {
  if (text.trim() === '') {
    const message = refusal === '' ? 'The model answered nothing.' : `The model refused: ${refusal.slice(0, 300)}`
    throw new StudioError('engine-output-invalid', message, {
      hint: 'It is asked again. Choose another model if it goes on.'
    })
  }
  const tokens = { prompt: usage?.prompt_tokens ?? 0, completion: usage?.completion_tokens ?? pieces }
  return { text, finish: finish === 'length' ? 'length' : 'stop', tokens }
}

/** Put before what is said about several pictures to a model that takes one. */
const sideBySide = (count: number) =>
  `The picture holds ${count} pictures side by side: the first is the leftmost, the last the rightmost.`

/** 'HuggingFaceTB/SmolVLM2-2.2B-Instruct' → 'SmolVLM2-2.2B-Instruct'. */
const shortName = (model: string) => model.split('/').at(-1) ?? model
