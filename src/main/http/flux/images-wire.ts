import { z } from 'zod'
import type { Size } from '../../../domain/geometry.ts'
import type { PartialPicture } from './partial-pictures.ts'

/**
 * Answers and events of OpenAI's Images API:
 * https://platform.openai.com/docs/api-reference/images, https://platform.openai.com/docs/api-reference/images-streaming
 */
export const imagesAnswerSchema = z.object({
  created: z.int(),
  output_format: z.literal('png'),
  size: z.string(),
  data: z.array(z.object({ b64_json: z.string() }))
})

export const modelListSchema = z.object({
  object: z.literal('list'),
  data: z.array(z.object({ id: z.string(), object: z.literal('model'), created: z.int(), owned_by: z.string() }))
})

/** What the names of a stream's events begin with. */
export type StreamKind = 'image_generation' | 'image_edit'

/** Seconds since 1970. */
const now = () => Math.floor(Date.now() / 1000)

/** An order of a picture, or a picture. */
interface Sized {
  readonly size: Size
}

const sizeOf = ({ size }: Sized) => `${size.width}x${size.height}`

export function imagesAnswer(bytes: Buffer, order: Sized): z.infer<typeof imagesAnswerSchema> {
  return { created: now(), output_format: 'png', size: sizeOf(order), data: [{ b64_json: bytes.toString('base64') }] }
}

/** Clients of a stream count on it; no tokens are counted here. */
const USAGE = {
  input_tokens: 0,
  output_tokens: 0,
  total_tokens: 0,
  input_tokens_details: { image_tokens: 0, text_tokens: 0 }
}

export function completedEvent(kind: StreamKind, bytes: Buffer, order: Sized) {
  return { type: `${kind}.completed`, ...pictureOf(bytes, order, 'png'), usage: USAGE }
}

/** With the size of the partial picture, which is smaller than what was asked for. @param index from 0 */
export function partialEvent(kind: StreamKind, partial: PartialPicture, index: number) {
  return { type: `${kind}.partial_image`, partial_image_index: index, ...pictureOf(partial.jpeg, partial, 'jpeg') }
}

function pictureOf(bytes: Buffer, sized: Sized, format: 'png' | 'jpeg') {
  return {
    b64_json: bytes.toString('base64'),
    created_at: now(),
    size: sizeOf(sized),
    quality: 'auto',
    background: 'opaque',
    output_format: format
  }
}
