import type { FluxLayout } from '../layout/flux-layout.ts'
import { CLIP_TOKENS, clipTokens, type PromptTokens, qwenTokens, t5Tokens } from '../text/prompt-tokens.ts'
import type { ReadTensor } from './graph-session.ts'
import type { OpenParts } from './open-parts.ts'

/** A prompt as the transformer takes it. */
export interface EncodedPrompt {
  readonly words: ReadTensor
  /** CLIP's summary of it; FLUX.1 only. */
  readonly pooled: ReadTensor | null
  /** Its end was not read. */
  readonly isCut: boolean
}

/**
 * `long` is what has to hold the whole prompt. `short` is for CLIP, null for FLUX.2: it reads the beginning and only sets
 * the tone, so that what T5 has read whole is not cut.
 * @throws StudioError `model-damaged`
 */
export async function promptTokens(
  { family, tokenizer, tokenizer2 }: FluxLayout,
  prompt: string
): Promise<{ readonly long: PromptTokens; readonly short: PromptTokens | null }> {
  if (tokenizer2 === null) return { long: await qwenTokens(tokenizer, prompt, family.textTokens), short: null }
  return { long: await t5Tokens(tokenizer2, prompt, family.textTokens), short: await clipTokens(tokenizer, prompt) }
}

/** @throws StudioError `model-damaged`, `engine-out-of-memory` */
export async function encodePrompt(parts: OpenParts, prompt: string, keepsAll: boolean): Promise<EncodedPrompt> {
  const { long, short } = await promptTokens(parts.layout, prompt)
  const isCut = long.length > parts.layout.family.textTokens
  if (short === null) {
    const words = await parts.with('textEncoder', keepsAll, (session) =>
      session.run({ input_ids: row(long.ids), attention_mask: row(long.mask) })
    )
    return { words, pooled: null, isCut }
  }
  const pooled = await parts.with('textEncoder', keepsAll, (session) =>
    session.run({ input_ids: row(short.ids, CLIP_TOKENS) })
  )
  const words = await parts.with('textEncoder2', keepsAll, (session) => session.run({ input_ids: row(long.ids) }))
  return { words, pooled, isCut }
}

const row = (data: readonly number[], length = data.length) => ({ data, dims: [1, length] })
