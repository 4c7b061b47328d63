import { readFile } from 'node:fs/promises'
import { FormData } from 'undici'
import { z } from 'zod'
import type { FluxOrder } from './flux-order.ts'

/**
 * The Images API as vLLM-Omni, SGLang-diffusion and sd-server speak it:
 * https://platform.openai.com/docs/api-reference/images, with `seed`, `num_inference_steps`, `guidance_scale` and
 * `negative_prompt` beside OpenAI's own parameters.
 */
export const GENERATIONS = '/v1/images/generations'
export const EDITS = '/v1/images/edits'

const answerSchema = z.object({ data: z.array(z.object({ b64_json: z.base64() })).min(1) })

/** Seeds are at least 1 there, and of 32 bits with a sign in most servers. */
const SEEDS = 2 ** 31 - 2

export const seedOnTheWire = (seed: number) => 1 + (seed % SEEDS)

/** Parameters that OpenAI's own servers do not know: one that refuses them is asked without. */
function extrasOf({ seed, steps, guidance, negativePrompt }: FluxOrder): Record<string, string | number> {
  return {
    seed: seedOnTheWire(seed),
    ...(steps !== undefined && { num_inference_steps: steps }),
    ...(guidance !== undefined && { guidance_scale: guidance }),
    ...(negativePrompt !== undefined && negativePrompt !== '' && { negative_prompt: negativePrompt })
  }
}

function ownParameters({ prompt, size }: FluxOrder, model: string | undefined): Record<string, string | number> {
  const format = { n: 1, size: `${size.width}x${size.height}`, response_format: 'b64_json' }
  return { prompt, ...(model !== undefined && { model }), ...format }
}

export function generationBody(order: FluxOrder, model: string | undefined, extras: boolean): string {
  return JSON.stringify({ ...ownParameters(order, model), ...(extras && extrasOf(order)) })
}

export async function editForm(order: FluxOrder, model: string | undefined, extras: boolean): Promise<FormData> {
  const form = new FormData()
  for (const [index, path] of order.references.entries()) {
    form.append('image[]', new Blob([await readFile(path)], { type: 'image/jpeg' }), `reference-${index + 1}.jpg`)
  }
  const fields = { ...ownParameters(order, model), ...(extras && extrasOf(order)) }
  for (const [name, value] of Object.entries(fields)) form.append(name, String(value))
  return form
}

/** @throws ZodError where the answer holds no picture */
export function pictureOfImages(answer: unknown): Buffer {
  const [first] = answerSchema.parse(answer).data
  return Buffer.from(first?.b64_json ?? '', 'base64')
}
