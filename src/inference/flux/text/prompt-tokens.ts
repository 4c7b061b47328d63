import { StudioError } from '../../../domain/errors.ts'
import { openTokenizer } from './tokenizer.ts'

/** Words of a prompt as numbers, padded; `mask` is 1 where they are the prompt's own. */
export interface PromptTokens {
  readonly ids: readonly number[]
  readonly mask: readonly number[]
  /** Tokens before it was padded; where they are more than what the encoder takes, its end is not read. */
  readonly length: number
}

interface Ends {
  /** Closes a prompt that is cut; null where none is needed. */
  readonly end: number | null
  readonly padding: number
}

/** Length of CLIP's text (openai/CLIP, context_length). */
export const CLIP_TOKENS = 77

/**
 * What Qwen3's chat template makes of one user's turn with `add_generation_prompt` and `enable_thinking=false`
 * (https://huggingface.co/Qwen/Qwen3-4B, tokenizer_config.json).
 */
function asChat(prompt: string): string {
  return `<|im_start|>user\n${prompt}<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n`
}

/** For the text encoder of FLUX.2 klein. @throws StudioError `model-damaged` */
export async function qwenTokens(folder: string, prompt: string, length: number): Promise<PromptTokens> {
  const tokenizer = await openTokenizer(folder)
  const { ids } = tokenizer.encode(asChat(prompt), { add_special_tokens: false })
  return padded(ids, length, { end: null, padding: idOf(tokenizer.token_to_id('<|endoftext|>'), folder) })
}

/** For CLIP; it pads with its end mark. */
export async function clipTokens(folder: string, prompt: string): Promise<PromptTokens> {
  const tokenizer = await openTokenizer(folder)
  const end = idOf(tokenizer.token_to_id('<|endoftext|>'), folder)
  return padded(tokenizer.encode(prompt).ids, CLIP_TOKENS, { end, padding: end })
}

/** For T5. */
export async function t5Tokens(folder: string, prompt: string, length: number): Promise<PromptTokens> {
  const tokenizer = await openTokenizer(folder)
  const end = idOf(tokenizer.token_to_id('</s>'), folder)
  return padded(tokenizer.encode(prompt).ids, length, { end, padding: tokenizer.token_to_id('<pad>') ?? 0 })
}

function padded(ids: readonly number[], length: number, { end, padding }: Ends): PromptTokens {
  const kept = ids.slice(0, length)
  if (ids.length > length && end !== null) kept[length - 1] = end
  const rest = new Array<number>(length - kept.length)
  return {
    ids: [...kept, ...rest.fill(padding)],
    mask: [...kept.map(() => 1), ...new Array<number>(length - kept.length).fill(0)],
    length: ids.length
  }
}

function idOf(id: number | undefined, folder: string): number {
  if (id !== undefined) return id
  throw new StudioError('model-damaged', `The tokenizer in "${folder}" lacks the marks of this model.`, {
    hint: 'Pull the model again.'
  })
}
