import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { StudioError, toStudioError } from '../../../domain/errors.ts'
import type { Job, Reference } from '../../../domain/job.ts'
import type { Studio } from '../../studio.ts'
import { newJobOf } from '../../studio-api/orders/submit.ts'
import type { ReceivedFile } from '../uploads/receive-form.ts'
import type { OrderForm } from './order-form.ts'

export interface IdempotentOrder {
  readonly caller: string
  /** What the caller calls this order; null for one that is new however often it is sent. */
  readonly key: string | null
}

export interface StoredOrder {
  readonly job: Job
  /** The order was here before under its key. */
  readonly isRepeated: boolean
}

/**
 * Stores a job for the photos. An order with a key is stored once: its job's id follows from the key, so that two that
 * arrive at once, at whatever server of the store, cannot both be new.
 * @throws StudioError `idempotency-conflict` where the key was used for another order
 */
export async function storeOrder(
  studio: Studio,
  files: readonly ReceivedFile[],
  form: OrderForm,
  { caller, key }: IdempotentOrder
): Promise<StoredOrder> {
  const references = files.map((file, index) => referenceOf(file, form.faces[index] ?? null))
  const subjectId = references[0]?.artifact ?? ''
  const order = newJobOf(form.settings, { subjectId, references, priority: form.priority }, studio)
  if (key === null) return { job: await studio.manager.submit(order), isRepeated: false }
  const id = `key-${createHash('sha256').update(`${caller}\n${key}`).digest('hex').slice(0, 32)}`
  const before = await studio.jobs.get(id)
  if (before) return { job: requireSame(before, references, form), isRepeated: true }
  try {
    return { job: await studio.manager.submit({ ...order, id }), isRepeated: false }
  } catch (thrown) {
    const stored = toStudioError(thrown).code === 'document-exists' ? await studio.jobs.get(id) : null
    if (!stored) throw thrown
    return { job: requireSame(stored, references, form), isRepeated: true }
  }
}

function referenceOf({ name, stored }: ReceivedFile, face: number | null): Reference {
  return { artifact: stored.id, name, bytes: stored.bytes, face, inspection: null }
}

function requireSame(job: Job, references: readonly Reference[], { settings }: OrderForm): Job {
  const photosOf = (photos: readonly Reference[]) => photos.map(({ artifact }) => artifact)
  const isSame =
    isDeepStrictEqual(photosOf(job.references), photosOf(references)) &&
    isDeepStrictEqual(job.parameters, settings.parameters) &&
    (settings.seed === null || settings.seed === job.seed) &&
    (settings.attempts === null || settings.attempts === job.maxAttempts) &&
    isDeepStrictEqual(job.requestedEngines, settings.engines) &&
    isDeepStrictEqual(job.strictness, settings.strictness)
  if (isSame) return job
  throw new StudioError('idempotency-conflict', 'This Idempotency-Key was used for another order.')
}
