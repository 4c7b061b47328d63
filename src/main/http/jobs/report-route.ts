import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import type { StudioClient } from '../../../contract/studio/client.ts'
import { criterionIdSchema } from '../../../domain/criterion.ts'
import { StudioError } from '../../../domain/errors.ts'
import { jobStatusSchema } from '../../../domain/job.ts'
import type { Report } from '../../../domain/report.ts'
import type { HttpRoutes } from '../http-routes.ts'
import { negotiate } from '../negotiate.ts'
import { BYTES, PROBLEMS } from '../problem-responses.ts'
import { jobParamsSchema } from './job-routes.ts'
import { linksOf } from './job-wire.ts'

const FORMATS = { 'text/html': 'html', 'application/pdf': 'pdf' } as const
type DocumentType = keyof typeof FORMATS

const reportWireSchema = z.object({
  summary: z.string(),
  attempts: z.array(z.object({ attempt: z.int(), analysis: z.string() })),
  root_causes: z.array(z.object({ criteria: z.array(criterionIdSchema), cause: z.string() })),
  recommendations: z.array(z.object({ advice: z.string(), parameters: z.record(z.string(), z.string()).optional() })),
  written_by: z.string(),
  /** Why it is not the model's; null where it is, and where no model was to write it. */
  note: z.string().nullable(),
  written_at: z.iso.datetime()
})

const jobReportSchema = z
  .object({ job_id: z.string(), status: jobStatusSchema, report: reportWireSchema })
  .meta({ id: 'JobReport' })

const reportWire = ({ summary, attempts, rootCauses, recommendations, writtenBy, writtenAt, note }: Report) => ({
  summary,
  attempts,
  root_causes: rootCauses,
  recommendations,
  written_by: `${writtenBy.engine} ${writtenBy.version}`,
  note: note ?? null,
  written_at: writtenAt.toISOString()
})

/** The page carries its own style and small pictures, and nothing else. */
const PAGE_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'none'"

export const reportRoute: HttpRoutes = (app, { client }) => {
  app.get(
    '/jobs/:id/report',
    {
      schema: {
        operationId: 'getReport',
        tags: ['jobs'],
        summary: 'What happened, why, and what to change: as JSON, as a page, or as a PDF',
        params: jobParamsSchema,
        response: {
          200: {
            description: 'The report in the media type that was asked for',
            content: {
              'application/json': { schema: jobReportSchema },
              'text/html': { schema: z.string() },
              'application/pdf': { schema: BYTES }
            }
          },
          ...PROBLEMS
        }
      }
    },
    async (request, reply) => {
      const job = await client.call('jobs.get', request.params)
      const type = negotiate(request, ['application/json', 'text/html', 'application/pdf'])
      reply.header('vary', 'accept')
      if (job.report === null) {
        throw new StudioError('job-state', `The job ${job._id} is ${job.status} and has no report yet.`, {
          details: { links: linksOf(job._id, job) },
          hint: 'Ask again when it has ended; its events tell when.'
        })
      }
      if (type === 'application/json') return { job_id: job._id, status: job.status, report: reportWire(job.report) }
      return await sendDocument(client, job._id, type, reply)
    }
  )
}

/** Written by the same call that the window's own export uses, into a folder that is gone when it has been sent. */
async function sendDocument(
  client: StudioClient,
  jobId: string,
  type: DocumentType,
  reply: FastifyReply
): Promise<FastifyReply> {
  const folder = await mkdtemp(join(tmpdir(), 'apex-report-'))
  try {
    const format = FORMATS[type]
    const { path } = await client.call('delivery.report', { jobId, format, path: join(folder, `report.${format}`) })
    if (type === 'text/html') reply.header('content-security-policy', PAGE_POLICY)
    return await reply
      .header('content-type', type === 'text/html' ? 'text/html; charset=utf-8' : type)
      .send(await readFile(path))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
