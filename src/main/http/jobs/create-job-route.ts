import multipart from '@fastify/multipart'
import { z } from 'zod'
import { StudioError } from '../../../domain/errors.ts'
import { jobStatusSchema } from '../../../domain/job.ts'
import type { HttpRoutes } from '../http-routes.ts'
import { PROBLEMS } from '../problem-responses.ts'
import { receiveForm } from '../uploads/receive-form.ts'
import { jobAddress } from './job-wire.ts'
import { orderFormSchema, PHOTO_FIELD, readOrderForm } from './order-form.ts'
import { QueueLimit } from './queue-limit.ts'
import { storeOrder } from './store-order.ts'

const MOST_FIELDS = 40
const FIELD_BYTES = 64 * 1024
/** What the form itself takes besides its photos, bytes. */
const FORM_BYTES = 4 * 1024 ** 2

const createdSchema = z
  .object({ job_id: z.string(), status: jobStatusSchema, message: z.string() })
  .meta({ id: 'JobCreated' })

const headersSchema = z.looseObject({ 'idempotency-key': z.string().trim().min(1).max(255).optional() })

/** POST /jobs, in a scope of its own: nowhere else are forms taken. */
export const createJobRoute: HttpRoutes = async (app, { studio, settings }) => {
  const queue = new QueueLimit(studio.jobs, settings.queueLength)
  await app.register(multipart, {
    throwFileSizeLimit: false,
    limits: {
      fileSize: settings.photoBytes,
      files: settings.photos,
      fields: MOST_FIELDS,
      fieldSize: FIELD_BYTES,
      fieldNameSize: 100,
      headerPairs: 20,
      parts: settings.photos + MOST_FIELDS
    }
  })
  const mostBytes = settings.photoBytes * settings.photos + FORM_BYTES
  app.post(
    '/jobs',
    {
      schema: {
        operationId: 'createJob',
        tags: ['jobs'],
        summary: 'Order a portrait of the person in the photos',
        consumes: ['multipart/form-data'],
        headers: headersSchema,
        form: orderFormSchema,
        response: { 200: createdSchema, ...PROBLEMS }
      },
      onRequest: async ({ headers }) => {
        if (Number(headers['content-length'] ?? 0) > mostBytes) {
          throw new StudioError('request-too-large', 'The form has more bytes than this server takes.')
        }
      }
    },
    async (request, reply) => {
      const { job, isRepeated } = await queue.admit(async () => {
        const form = await receiveForm(request, {
          artifacts: studio.artifacts,
          settings,
          photoFields: new Set([PHOTO_FIELD])
        })
        const key = request.headers['idempotency-key'] ?? null
        return await storeOrder(studio, form.files, readOrderForm(form), { caller: request.caller?.id ?? '', key })
      })
      reply.header('location', jobAddress(job._id))
      if (isRepeated) reply.header('idempotency-replayed', 'true')
      return { job_id: job._id, status: job.status, message: 'The job is in the queue.' }
    }
  )
}
