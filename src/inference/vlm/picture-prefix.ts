import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { StudioError } from '../../domain/errors.ts'
import { isFrugal } from '../runtime/frugality.ts'
import type { OpenModel } from './open-model.ts'
import { readPictures } from './pictures.ts'
import { type OwnPositions, ownPositions } from './positions.ts'
import { inputsOf, LAST_ONLY, ones, requireRoom, row, tokensOf } from './prompt.ts'
import { DynamicCache, Tensor } from './transformers.ts'

/** What a model has read so far: its keys and values serve whatever follows. */
export interface ReadSoFar {
  readonly ids: readonly number[]
  /** By the names of the inputs that they are for what follows, `past_key_values.*`. */
  readonly keysAndValues: Readonly<Record<string, Tensor>>
  readonly positionsAfter: OwnPositions
}

/** Gives back what of it lies on a graphics card; the rest goes by itself. Only what is not needed any more. */
export async function release({ keysAndValues }: Pick<ReadSoFar, 'keysAndValues'>): Promise<void> {
  await new DynamicCache({ ...keysAndValues }).dispose()
}

/** A prompt up to and with its last picture. */
export interface PicturePrefix extends ReadSoFar {
  /** Of the pictures in patches, for models whose positions follow from it. */
  readonly grid: { readonly image_grid_thw?: unknown }
  /** It was read for a request before this one. */
  readonly wasKept: boolean
}

/** Bytes of keys and values that wait for the next request: about those of 2600 tokens of SmolVLM-Instruct, 2.2B. */
const MOST_KEPT_BYTES = 1024 ** 3
/** Share of the memory now free that they may take at most. */
const KEPT_SHARE = 1 / 4

/**
 * The prefix that was read last: whoever asks about one picture in several requests, as over HTTP, has the model look
 * at it once. One, so that it is bounded; none in a frugal process.
 */
export class KeptPrefix {
  #kept: { readonly key: string; readonly prefix: PicturePrefix } | undefined

  find(key: string): PicturePrefix | undefined {
    return this.#kept?.key === key ? this.#kept.prefix : undefined
  }

  keep(key: string, prefix: PicturePrefix): void {
    this.#kept = undefined
    const tensors = Object.values(prefix.keysAndValues)
    // What lies on a graphics card is given back after each request: the card's memory is counted without it.
    if (isFrugal() || tensors.some(({ location }) => location === 'gpu-buffer')) return
    const bytes = tensors.reduce((sum, { data }) => sum + ('byteLength' in data ? data.byteLength : 0), 0)
    const most = Math.min(MOST_KEPT_BYTES, process.availableMemory() * KEPT_SHARE)
    if (bytes <= most) this.#kept = { key, prefix: { ...prefix, wasKept: true } }
  }

  forget(): void {
    this.#kept = undefined
  }
}

/** A prompt up to and with its last picture, which is the same for all, and the tokens of what follows in each. */
export function atLastPicture(model: OpenModel, prompts: readonly string[]) {
  const [first = ''] = prompts
  const mark = model.family.pictureMark
  const end = first.lastIndexOf(mark) + mark.length
  return { beginning: first.slice(0, end), endings: prompts.map((prompt) => tokensOf(model, prompt.slice(end))) }
}

/** Tokens that are to have room behind a prefix. */
export interface Following {
  /** The rest of the prompt. */
  readonly ending: number
  readonly answer: number
}

/**
 * Has the model look at the pictures of a prompt, unless it has done so for the request before, or there is no room for
 * what follows.
 * @throws StudioError of a picture, `request-invalid`, `model-unsupported`
 */
export async function readPrefix(
  model: OpenModel,
  beginning: string,
  paths: readonly string[],
  following: Following,
  signal: AbortSignal
): Promise<PicturePrefix> {
  const requireRoomBehind = (tokens: number) =>
    requireRoom(tokens + following.ending, following.answer, model.contextLength)
  const key = await keyOf(beginning, paths)
  const known = model.kept.find(key)
  if (known) {
    requireRoomBehind(known.ids.length)
    return known
  }
  // Before the next is read: two are more than what is counted on.
  model.kept.forget()
  const pictures = await readPictures(paths, model.family, signal)
  const inputs = await inputsOf(model, beginning, pictures)
  requireRoomBehind(inputs.input_ids.dims[1] ?? 0)
  signal.throwIfAborted()
  const outputs: unknown = await model.model.forward({ ...inputs, ...LAST_ONLY })
  const { image_grid_thw } = inputs
  const prefix = {
    ids: Array.from(inputs.input_ids.tolist()[0] ?? [], Number),
    keysAndValues: keysAndValuesOf(outputs),
    positionsAfter: ownPositions(model.model, inputs),
    grid: image_grid_thw === undefined ? {} : { image_grid_thw },
    wasKept: false
  }
  model.kept.keep(key, prefix)
  return prefix
}

/** Reads on: all that was read, and the logits of its last place. */
export async function readOn(
  model: OpenModel,
  before: ReadSoFar,
  ids: readonly number[]
): Promise<ReadSoFar & { readonly logits: unknown }> {
  const { positionsAfter } = before
  const length = before.ids.length + ids.length
  const outputs = await model.model.forward({
    input_ids: row(ids),
    attention_mask: ones(length),
    past_key_values: new DynamicCache({ ...before.keysAndValues }),
    ...positionsAfter(0, ids.length),
    ...LAST_ONLY
  })
  return {
    logits: outputs.logits,
    ids: [...before.ids, ...ids],
    keysAndValues: keysAndValuesOf(outputs),
    positionsAfter: (from, count) => positionsAfter(ids.length + from, count)
  }
}

/** By what is in the files: over HTTP the same picture comes in a file of its own each time. */
async function keyOf(beginning: string, paths: readonly string[]): Promise<string> {
  const whole = createHash('sha256').update(beginning)
  for (const path of paths) {
    // A file that cannot be read is named by whoever reads it as a picture.
    const bytes = await readFile(path).catch(() => null)
    whole.update(
      createHash('sha256')
        .update(bytes ?? path)
        .digest()
    )
  }
  return whole.digest('hex')
}

/** The outputs `present.*` as the inputs `past_key_values.*` that they are for what follows. */
function keysAndValuesOf(outputs: unknown): Record<string, Tensor> {
  const entries: Record<string, Tensor> = {}
  for (const [name, value] of Object.entries(Object(outputs))) {
    if (name.startsWith('present') && value instanceof Tensor)
      entries[name.replace('present', 'past_key_values')] = value
  }
  if (Object.keys(entries).length > 0) return entries
  throw new StudioError('model-unsupported', 'The decoder of the vision-language model gives no keys and values.', {
    hint: 'Install a model whose decoder is merged: decoder_model_merged.'
  })
}
