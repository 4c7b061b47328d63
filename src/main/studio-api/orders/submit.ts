import { randomInt } from 'node:crypto'
import type { StudioCallRequest, StudioCallResult } from '../../../contract/studio/calls.ts'
import { StudioError, serializeError } from '../../../domain/errors.ts'
import type { Reference } from '../../../domain/job.ts'
import { summarize } from '../../../domain/job-summary.ts'
import { LARGEST_SEED, type OrderSettings } from '../../../domain/order.ts'
import { say } from '../../../domain/sentences/say.ts'
import type { StudioPhoto } from '../../../domain/subject.ts'
import { requireChosenFace, withInspection } from '../../jobs/chosen-face.ts'
import type { NewJob } from '../../store/job-repository.ts'
import type { Studio } from '../../studio.ts'
import type { ApiParts } from '../api-parts.ts'

type Order = StudioCallRequest<'jobs.submit'>['orders'][number]

export const freshSeed = () => randomInt(LARGEST_SEED)

/** Stores a job for each order; one that is refused stops no other. */
export async function submitOrders(
  { studio }: Pick<ApiParts, 'studio'>,
  orders: readonly Order[],
  signal: AbortSignal
): Promise<StudioCallResult<'jobs.submit'>> {
  const result: StudioCallResult<'jobs.submit'> = { jobs: [], refused: [] }
  for (const [index, order] of orders.entries()) {
    signal.throwIfAborted()
    try {
      result.jobs.push(summarize(await studio.manager.submit(await jobOf(studio, order))))
    } catch (thrown) {
      result.refused.push({ order: index, error: serializeError(thrown) })
    }
  }
  return result
}

/** @throws StudioError `photo-missing`, `face-none`, `face-several`, `face-choice-invalid`, `option-invalid`. */
async function jobOf(studio: Studio, order: Order): Promise<NewJob> {
  const photos: StudioPhoto[] = []
  for (const id of new Set(order.photoIds)) {
    const photo = await studio.library.photo(id)
    if (!photo || photo.deletedAt !== null) throw new StudioError('photo-missing', say('error-photo-gone'))
    photos.push(photo)
  }
  const [main, ...others] = photos
  if (!main) throw new StudioError('photo-missing', 'The order names no photo.')
  if (others.some(({ subjectId }) => subjectId !== main.subjectId)) {
    throw new StudioError('option-invalid', 'The photos of one order show several people.', {
      hint: 'Group the photos under one person first, or order a portrait of each.'
    })
  }
  const references = photos.map(referenceOf)
  references.forEach(requireChosenFace)
  const { subjectId } = main
  const job = newJobOf(order, { subjectId, references, priority: order.priority }, studio)
  return { ...job, backdrop: order.backdrop }
}

/** What a job of these settings is stored as. */
export function newJobOf(
  { parameters, seed, attempts, engines, strictness }: OrderSettings,
  whose: Pick<NewJob, 'subjectId' | 'references'> & { readonly priority: number },
  { defaults }: Pick<Studio, 'defaults'>
): NewJob {
  return {
    ...whose,
    parameters,
    seed: seed ?? freshSeed(),
    maxAttempts: attempts ?? defaults.maxAttempts,
    requestedEngines: engines,
    strictness
  }
}

function referenceOf({ artifact, name, bytes, face, inspection }: StudioPhoto): Reference {
  return withInspection({ artifact, name, bytes, face, inspection: null }, inspection)
}
