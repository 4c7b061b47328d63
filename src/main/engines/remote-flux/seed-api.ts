import { readFile } from 'node:fs/promises'
import { FormData } from 'undici'
import { z } from 'zod'
import type { FluxOrder } from './flux-order.ts'

/**
 * The seed system's Flux server: `POST /generate` takes a form with `prompt`, one `image_file` of 64 to 2048 pixels,
 * `guidance_scale` and `job_id`. It has no size, steps or seed.
 */
export const GENERATE = '/generate'
/** Pixels of the longer edge that it takes at most. */
export const SEED_LONGEST_EDGE = 2048
/** FLUX.1 Kontext's own, which the seed system's server runs. */
const GUIDANCE = 2.5

const answerSchema = z.object({ image_base64: z.string() })

export async function seedForm(order: FluxOrder, jobId: string): Promise<FormData> {
  const form = new FormData()
  form.append('prompt', order.prompt)
  const [reference] = order.references
  if (reference !== undefined) {
    form.append('image_file', new Blob([await readFile(reference)], { type: 'image/jpeg' }), 'reference.jpg')
  }
  form.append('guidance_scale', String(order.guidance ?? GUIDANCE))
  form.append('job_id', jobId)
  return form
}

/** @throws ZodError where the answer holds no picture */
export function pictureOfSeed(answer: unknown): Buffer {
  const { image_base64: text } = answerSchema.parse(answer)
  // Some versions put a data URI around it.
  return Buffer.from(z.base64().parse(text.replace(/^data:[^,]*,/, '')), 'base64')
}
