import type { YesNoAnswer, YesNoRequest } from '../../domain/chat-model.ts'
import { StudioError } from '../../domain/errors.ts'
import type { CallContext } from '../../domain/progress.ts'
import { lastLogProbabilities } from './logits.ts'
import type { OpenModel } from './open-model.ts'
import { readPictures } from './pictures.ts'
import { ownPositions } from './positions.ts'
import { inputsOf, renderPrompt, requireRoom, row, tokensOf } from './prompt.ts'
import { DynamicCache, Tensor } from './transformers.ts'
import { yesNoOf, yesNoTokens } from './yes-no-tokens.ts'

/** Generous: pictures are a thousand tokens and more, all read in one step, which an old processor takes minutes for. */
const PREFIX_MS = 900_000
const QUESTION_MS = 120_000

/** Where the rows of `logits` are told apart from one another: only the last is wanted. */
const LAST_ONLY = { num_logits_to_keep: new Tensor('int64', BigInt64Array.of(1n), []) }

/**
 * The pictures and all that every question has in common are read once; their keys and values serve each question.
 * @throws StudioError of a picture, `request-invalid`, `engine-output-invalid`, `cancelled`.
 */
export async function askYesNo(
  model: OpenModel,
  request: YesNoRequest,
  { signal, onProgress }: CallContext
): Promise<YesNoAnswer[]> {
  const total = request.questions.length + 1
  const progress = (activity: string, done: number, withinMs: number) => onProgress({ activity, done, total, withinMs })
  progress('Looking at the picture', 0, PREFIX_MS)
  const pictures = await readPictures(request.pictures, model.family, signal)
  const prompts = request.questions.map((question) => {
    const text = `${request.instructions}\n\n${question}`
    return renderPrompt(model, [{ role: 'user', text, pictures: request.pictures }])
  })
  const { beginning, endings } = atLastPicture(model, prompts)
  const inputs = await inputsOf(model, beginning, pictures, 1)
  const ids = Array.from(inputs.input_ids.tolist()[0] ?? [], Number)
  const shared = sharedBeginning(endings)
  const common = [...ids, ...(endings[0] ?? []).slice(0, shared)]
  const longest = Math.max(...endings.map((ending) => ending.length))
  requireRoom(ids.length + longest, 1, model.contextLength)
  signal.throwIfAborted()

  const beginningInputs = { ...inputs, input_ids: row(common), attention_mask: ones(common.length) }
  const prefix: unknown = await model.model.forward({ ...beginningInputs, ...LAST_ONLY })
  const positionsAfter = ownPositions(model.model, beginningInputs)
  const cache = keysAndValues(prefix)
  try {
    const tokens = yesNoTokens(model)
    const answers: YesNoAnswer[] = []
    for (const [at, ending] of endings.entries()) {
      signal.throwIfAborted()
      progress('Answering questions about the picture', at + 1, QUESTION_MS)
      const own = ending.slice(shared)
      const { logits } = await model.model.forward({
        input_ids: row(own),
        attention_mask: ones(common.length + own.length),
        past_key_values: cache,
        ...positionsAfter(own.length),
        ...LAST_ONLY
      })
      answers.push(yesNoOf(lastLogProbabilities(logits), tokens))
    }
    return answers
  } finally {
    await cache.dispose()
  }
}

/** The prompt up to and with its last picture, which is the same for all, and the tokens of what follows in each. */
function atLastPicture(model: OpenModel, prompts: readonly string[]) {
  const [first = ''] = prompts
  const mark = model.family.pictureMark
  const end = first.lastIndexOf(mark) + mark.length
  return { beginning: first.slice(0, end), endings: prompts.map((prompt) => tokensOf(model, prompt.slice(end))) }
}

/** How many tokens all begin with, leaving at least one to each. */
function sharedBeginning(endings: readonly (readonly number[])[]): number {
  const [first = []] = endings
  const most = Math.min(...endings.map((ending) => ending.length)) - 1
  let shared = 0
  while (shared < most && endings.every((ending) => ending[shared] === first[shared])) shared++
  return shared
}

function ones(length: number): Tensor {
  return new Tensor('int64', new BigInt64Array(length).fill(1n), [1, length])
}

/** The outputs `present.*` as the inputs `past_key_values.*` that they are for what follows. */
function keysAndValues(outputs: unknown): DynamicCache {
  const entries: Record<string, Tensor> = {}
  for (const [name, value] of Object.entries(Object(outputs))) {
    if (name.startsWith('present') && value instanceof Tensor)
      entries[name.replace('present', 'past_key_values')] = value
  }
  if (Object.keys(entries).length === 0) {
    throw new StudioError('model-unsupported', 'The decoder of the vision-language model gives no keys and values.', {
      hint: 'Install a model whose decoder is merged: decoder_model_merged.'
    })
  }
  return new DynamicCache(entries)
}
