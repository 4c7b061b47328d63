import { z } from 'zod'
import type { JobDetail } from '../../../contract/studio/job-calls.ts'
import { StudioError } from '../../../domain/errors.ts'
import { type Deliverable, isEnded, jobStatusSchema } from '../../../domain/job.ts'
import type { HttpParts, HttpRoutes } from '../http-routes.ts'
import { negotiate } from '../negotiate.ts'
import { BYTES, PROBLEMS } from '../problem-responses.ts'
import { attemptOf } from './attempt-of.ts'
import { jobParamsSchema } from './job-routes.ts'
import { linksOf } from './job-wire.ts'
import { pictureInText, sendPicture } from './send-picture.ts'

const JSON_TYPE = 'application/json'

const resultSchema = z
  .object({ job_id: z.string(), status: jobStatusSchema, image_base64: z.string(), media_type: z.string() })
  .meta({ id: 'Result' })

const PICTURE = {
  description: 'JSON with the picture as base64, or its bytes where an image is asked for',
  content: { [JSON_TYPE]: { schema: resultSchema }, 'image/png': { schema: BYTES } }
}
const ONLY_BYTES = { description: 'The picture', content: { 'image/png': { schema: BYTES } } }

/** @throws StudioError `job-state` that says what the job has instead, with its addresses */
function requireMade(job: JobDetail, kind: 'final' | 'best'): Deliverable {
  const made = job[kind]
  if (made) return made
  const links = linksOf(job._id, job)
  const { status } = job
  const details = { links }
  if (!isEnded(status))
    throw new StudioError('job-state', `The job ${job._id} is ${status}.`, {
      details,
      hint: 'Ask again when it has ended; its events tell when.'
    })
  throw new StudioError('job-state', `The job ${job._id} is ${status} and has no ${kind} picture.`, {
    details,
    hint: 'See its links: what it has made all the same, and the report that says why.'
  })
}

export const pictureRoutes: HttpRoutes = (app, { client, studio }: HttpParts) => {
  const { artifacts } = studio

  for (const [path, kind, operationId, summary] of [
    ['result', 'final', 'getResult', 'What a completed job delivered'],
    ['best', 'best', 'getBest', 'The best attempt of a failed job, finished at the size asked for']
  ] as const) {
    app.get(
      `/jobs/:id/${path}`,
      {
        schema: {
          operationId,
          tags: ['pictures'],
          summary,
          params: jobParamsSchema,
          response: { 200: PICTURE, ...PROBLEMS }
        }
      },
      async (request, reply) => {
        const job = await client.call('jobs.get', request.params)
        const { picture } = requireMade(job, kind)
        if (negotiate(request, [JSON_TYPE, picture.mediaType]) !== JSON_TYPE) {
          return await sendPicture(request, reply, artifacts, picture)
        }
        reply.header('vary', 'accept')
        return {
          job_id: job._id,
          status: job.status,
          image_base64: await pictureInText(artifacts, picture),
          media_type: picture.mediaType
        }
      }
    )
  }

  app.get(
    '/jobs/:id/attempts/:attempt/image',
    {
      schema: {
        operationId: 'getAttemptImage',
        tags: ['pictures'],
        summary: 'The picture of one attempt',
        params: jobParamsSchema.extend({ attempt: z.coerce.number().int().min(1).max(1000) }),
        response: { 200: ONLY_BYTES, ...PROBLEMS }
      }
    },
    async (request, reply) => {
      const { id, attempt } = request.params
      const { picture } = attemptOf(await client.call('jobs.get', { id }), attempt)
      if (!picture) throw new StudioError('job-state', 'This attempt has no picture yet.')
      negotiate(request, [picture.mediaType])
      return await sendPicture(request, reply, artifacts, picture)
    }
  )
}
