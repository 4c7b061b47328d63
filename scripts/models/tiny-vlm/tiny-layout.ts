import type { Vocabulary } from './vocabulary.ts'
import type { TinyWeights } from './weights.ts'

/** Marks that a conversation is written with. */
export interface TinyMarks {
  /** Begins a turn, and ends one. */
  readonly turn: string
  readonly end: string
  /** Stands for a part of a picture. */
  readonly image: string
  /** What an answer follows; an ordinary token. */
  readonly reply: string
  /** All others of the layout. */
  readonly others: readonly string[]
}

/** What differs between the families of models that tiny ones are made of. */
export interface TinyLayout {
  readonly marks: TinyMarks
  readonly chatTemplate: string
  /** `config.json` and those of the processor, by name; what they share is added. */
  configs(vocabulary: Vocabulary, hidden: number): Readonly<Record<string, object>>
  visionEncoder(weights: TinyWeights): Uint8Array
  /** Of `position_ids`: [batch, length], or [3, batch, length] of time, row and column. */
  readonly positionAxes: 1 | 3
}

/** Twice the context of SmolVLM: letters are tokens here, and a ledger has many. */
export const CONTEXT_LENGTH = 16_384

/** The family of a tiny model's decoder: one layer, one head. */
export const textConfig = (size: number, hidden: number) => ({
  vocab_size: size,
  hidden_size: hidden,
  head_dim: hidden,
  num_attention_heads: 1,
  num_key_value_heads: 1,
  num_hidden_layers: 1,
  max_position_embeddings: CONTEXT_LENGTH
})
