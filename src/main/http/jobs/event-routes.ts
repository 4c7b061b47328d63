import { z } from 'zod'
import { isEnded, type JobSummary } from '../../../domain/job.ts'
import { summarize } from '../../../domain/job-summary.ts'
import { type EventSink, sendEvents } from '../event-stream.ts'
import type { HttpParts, HttpRoutes } from '../http-routes.ts'
import { PROBLEMS } from '../problem-responses.ts'
import { jobParamsSchema } from './job-routes.ts'
import { jobSummaryWire } from './job-wire.ts'

const STREAM = {
  description:
    'Server-sent events: `job` (a summary, whenever the job is stored), `progress` (of the step it is at), `removed`',
  content: { 'text/event-stream': { schema: z.string() } }
}

/** Tells of jobs whose id is wanted; returns what ends it. */
function tellOf(
  client: HttpParts['client'],
  isWanted: (id: string) => boolean,
  sink: EventSink,
  onJob?: (job: JobSummary) => void
): () => void {
  const ends = [
    client.subscribe('jobs.changed', ({ changed, removed }) => {
      for (const job of changed) {
        if (!isWanted(job._id)) continue
        sink.tell({ event: 'job', id: `${job._id}:${job.revision}`, data: jobSummaryWire(job) })
        onJob?.(job)
      }
      for (const id of removed) if (isWanted(id)) sink.tell({ event: 'removed', data: { job_id: id } })
    }),
    client.subscribe('job.progress', ({ jobId, step, attempt, activity, done, total, leftMs }) => {
      if (!isWanted(jobId)) return
      const seconds_left = leftMs === null ? null : leftMs / 1000
      sink.tell({ event: 'progress', data: { job_id: jobId, step, attempt, activity, done, total, seconds_left } })
    })
  ]
  return () => {
    for (const end of ends) end()
  }
}

export const eventRoutes: HttpRoutes = (app, { client, closing }) => {
  app.get(
    '/events',
    {
      schema: {
        operationId: 'streamEvents',
        tags: ['events'],
        summary: 'What happens to all jobs, as it happens',
        response: { 200: STREAM, ...PROBLEMS }
      }
    },
    async (_request, reply) => await sendEvents(reply, closing, (sink) => tellOf(client, () => true, sink))
  )

  app.get(
    '/jobs/:id/events',
    {
      schema: {
        operationId: 'streamJobEvents',
        tags: ['events'],
        summary: 'What happens to one job: begins with how it is, ends when it has ended',
        params: jobParamsSchema,
        response: { 200: STREAM, ...PROBLEMS }
      }
    },
    async ({ params }, reply) => {
      const { id } = params
      const get = () => client.call('jobs.get', { id })
      await get()
      return await sendEvents(reply, closing, (sink) => {
        const isThis = (each: string) => each === id
        const stop = tellOf(client, isThis, sink, ({ status }) => isEnded(status) && sink.end())
        // Asked once it is listened to: nothing that happens between the two is missed.
        void get().then((job) => {
          sink.tell({ event: 'job', id: `${id}:${job.revision}`, data: jobSummaryWire(summarize(job)) })
          if (isEnded(job.status)) sink.end()
        }, sink.end)
        return stop
      })
    }
  )
}
