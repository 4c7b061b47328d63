import { z } from 'zod'
import type { EngineDescription } from './engine.ts'
import type { CallContext } from './progress.ts'

/** One turn of a conversation. Pictures are files on this machine's disk and stand before the text. */
const chatMessageSchema = z.object({
  role: z.enum(['system', 'user', 'assistant']),
  text: z.string(),
  pictures: z.array(z.string())
})
export type ChatMessage = z.infer<typeof chatMessageSchema>

/** What a model is asked to write. */
export const chatRequestSchema = z.object({
  messages: z.array(chatMessageSchema).min(1),
  /** Tokens the answer may have at most. */
  maxTokens: z.int().positive(),
  /** A JSON Schema that the answer has to fit; left out, it is prose. The caller parses the answer in any case. */
  jsonSchema: z.object({ name: z.string(), schema: z.record(z.string(), z.unknown()) }).optional(),
  /** 0: the likeliest token always. */
  temperature: z.number().min(0).max(2).default(0),
  seed: z.int().nonnegative().optional(),
  /** How many of the likeliest tokens are told at each place of the answer, with their probabilities; left out, none. */
  likeliest: z.int().nonnegative().max(20).optional()
})
export type ChatRequest = z.input<typeof chatRequestSchema>

/** A token of an answer and the natural logarithm of its probability. */
const tokenChanceSchema = z.object({ token: z.string(), logprob: z.number() })

export const chatAnswerSchema = z.object({
  text: z.string(),
  /** `length`: it was cut off at `maxTokens`. */
  finish: z.enum(['stop', 'length']),
  tokens: z.object({
    prompt: z.int().nonnegative(),
    completion: z.int().nonnegative(),
    /** Of the prompt's, those that were read for a request before; left out where none were. */
    cached: z.int().nonnegative().optional()
  }),
  /** Each token of the answer with the likeliest ones in its place, likeliest first, where they were asked for. */
  chances: z.array(tokenChanceSchema.extend({ likeliest: z.array(tokenChanceSchema) })).optional()
})
export type ChatAnswer = z.infer<typeof chatAnswerSchema>

/** Yes/no questions about the same pictures, each asked for itself: none is told another or its answer. */
export const yesNoRequestSchema = z.object({
  /** What is said before every question: who judges, and what the pictures are. Never words of a user. */
  instructions: z.string(),
  pictures: z.array(z.string()).min(1),
  questions: z.array(z.string()).min(1)
})
export type YesNoRequest = z.infer<typeof yesNoRequestSchema>

/**
 * The probabilities, 0..1, that the first token of an answer says yes or no, in any case and with or without a blank
 * before it; what is missing to 1 went to other tokens.
 * Source: VQAScore, Lin et al. 2024, https://arxiv.org/abs/2404.01291
 */
export const yesNoAnswerSchema = z.object({ yes: z.number().min(0).max(1), no: z.number().min(0).max(1) })
export type YesNoAnswer = z.infer<typeof yesNoAnswerSchema>

/** A model that reads text and pictures and writes text, here or on a server; the studio's judge is written over it once. */
export interface ChatModel {
  describe(): Promise<EngineDescription>
  /** @throws StudioError `engine-unavailable` while it is away, `engine-output-invalid` for an empty answer, `cancelled`. */
  complete(request: ChatRequest, context: CallContext): Promise<ChatAnswer>
  /** One answer to each question, in their order. @throws StudioError as `complete` */
  ask(request: YesNoRequest, context: CallContext): Promise<YesNoAnswer[]>
}
