import { FLUX_FAMILIES } from '../sampling/family.ts'
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

/** @throws StudioError `model-damaged`, `engine-out-of-memory` */
export async function encodePrompt(parts: OpenParts, prompt: string, keepsAll: boolean): Promise<EncodedPrompt> {
  const { family, tokenizer, tokenizer2 } = parts.layout
  if (family === FLUX_FAMILIES['flux2-klein'] || tokenizer2 === null) {
    const tokens = await qwenTokens(tokenizer, prompt, family.textTokens)
    const words = await parts.with('textEncoder', keepsAll, (session) =>
      session.run({ input_ids: row(tokens.ids), attention_mask: row(tokens.mask) })
    )
    return { words, pooled: null, isCut: tokens.isCut }
  }
  // CLIP reads the beginning and only sets the tone: what T5 has read whole is not cut.
  const short = await clipTokens(tokenizer, prompt)
  const long: PromptTokens = await t5Tokens(tokenizer2, prompt, family.textTokens)
  const pooled = await parts.with('textEncoder', keepsAll, (session) =>
    session.run({ input_ids: row(short.ids, CLIP_TOKENS) })
  )
  const words = await parts.with('textEncoder2', keepsAll, (session) => session.run({ input_ids: row(long.ids) }))
  return { words, pooled, isCut: long.isCut }
}

const row = (data: readonly number[], length = data.length) => ({ data, dims: [1, length] })
