import type { ChatRequest } from '../../domain/chat-model.ts'
import { StudioError } from '../../domain/errors.ts'
import type { OpenModel } from './open-model.ts'
import { type RawImage, Tensor } from './transformers.ts'

type ChatMessage = ChatRequest['messages'][number]

/** What a model takes: `input_ids` and `attention_mask` [1, length], and the pixels of the pictures in it. */
export interface ModelInputs {
  readonly [name: string]: unknown
  readonly input_ids: Tensor
  readonly attention_mask: Tensor
}

/** A conversation by the model's own template, up to where its answer begins. `pictures`: how many stand for those of each message. */
export function renderPrompt({ processor, tokenizer, family }: OpenModel, messages: readonly ChatMessage[]): string {
  const turns = messages.map(({ role, text, pictures }) => {
    const shown = family.severalPictures ? pictures.length : Math.min(1, pictures.length)
    const images = Array.from({ length: shown }, () => ({ type: 'image' as const }))
    return {
      role,
      content: [...images, { type: 'text' as const, text: withoutMarks(text, tokenizer.all_special_tokens) }]
    }
  })
  const rendered: unknown = processor.apply_chat_template(turns, { add_generation_prompt: true, tokenize: false })
  if (typeof rendered === 'string') return rendered
  throw new StudioError('model-unsupported', 'The template of the vision-language model makes no text.')
}

/** Words of a user must not end a turn, begin another or stand for a picture. */
function withoutMarks(text: string, marks: readonly string[]): string {
  return marks.reduce((clean, mark) => clean.replaceAll(mark, ' '), text)
}

/** The prompt as the model takes it. @throws StudioError `model-unsupported` */
export async function inputsOf(model: OpenModel, prompt: string, pictures: RawImage[]): Promise<ModelInputs> {
  // The processor of Idefics takes no prompt without a picture.
  const made: unknown = await (pictures.length > 0 ? model.processor(prompt, pictures) : model.tokenizer(prompt))
  return requireInputs(made)
}

/** @throws StudioError `request-invalid` where prompt and answer have more tokens than the model can hold. */
export function requireRoom(promptTokens: number, answerTokens: number, contextLength: number): void {
  if (promptTokens + answerTokens <= contextLength) return
  throw new StudioError(
    'request-invalid',
    `The prompt has ${promptTokens} tokens and its answer up to ${answerTokens}; the model holds ${contextLength}.`,
    { hint: 'Use fewer pictures or a shorter prompt.' }
  )
}

/** The numbers of a text's tokens, without any that are added around it. */
export function tokensOf({ tokenizer }: OpenModel, text: string): number[] {
  return tokenizer.encode(text, { add_special_tokens: false })
}

/** Where the rows of `logits` are told apart from one another: only the last is wanted. */
export const LAST_ONLY = { num_logits_to_keep: new Tensor('int64', BigInt64Array.of(1n), []) }

/** [1, length] ones: nothing is padded. */
export function ones(length: number): Tensor {
  return new Tensor('int64', new BigInt64Array(length).fill(1n), [1, length])
}

/** [1, length] whole numbers. */
export function row(values: ArrayLike<number>): Tensor {
  return new Tensor('int64', BigInt64Array.from(Array.from(values), BigInt), [1, values.length])
}

function requireInputs(made: unknown): ModelInputs {
  if (typeof made === 'object' && made !== null && 'input_ids' in made && 'attention_mask' in made) {
    const { input_ids, attention_mask } = made
    if (input_ids instanceof Tensor && attention_mask instanceof Tensor) return { ...made, input_ids, attention_mask }
  }
  throw new StudioError('model-unsupported', 'The processor of the vision-language model makes no prompt.')
}
