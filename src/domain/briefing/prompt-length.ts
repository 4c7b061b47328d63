import { z } from 'zod'
import type { CallContext } from '../progress.ts'
import { wordCount } from '../rules/prompt.ts'
import { say } from '../sentences/say.ts'

/** How long a prompt is for the generator that reads it, and the most of it that is read. */
export const promptLengthSchema = z.object({
  length: z.int().nonnegative(),
  most: z.int().positive(),
  unit: z.enum(['tokens', 'words'])
})
export type PromptLength = z.infer<typeof promptLengthSchema>

/** @throws StudioError of the engine that measures */
export type MeasurePrompt = (prompt: string, context: CallContext) => Promise<PromptLength>

/**
 * Words that a generator is sent which tells no tokenizer, e.g. one on a server: the 512 tokens that the text encoders of
 * FLUX read, at one and a half tokens to a word, which English with its marks stays below.
 * Source: `max_sequence_length` of FluxPipeline, https://huggingface.co/docs/diffusers/api/pipelines/flux
 */
export const MOST_UNMEASURED_WORDS = 340

export const lengthInWords = (prompt: string): PromptLength => ({
  length: wordCount(prompt),
  most: MOST_UNMEASURED_WORDS,
  unit: 'words'
})

export const isTooLong = ({ length, most }: PromptLength): boolean => length > most

/** In a sentence that a writer and a photographer understand. */
export const lengthSays = ({ length, most, unit }: PromptLength): string =>
  unit === 'tokens'
    ? say('prompt-tokens', { count: length, max: most })
    : say('prompt-words-sent', { count: length, max: most })
