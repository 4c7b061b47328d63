import { randomBytes } from 'node:crypto'
import { ulid } from 'ulid'
import { z } from 'zod'
import { StudioError } from '../../../domain/errors.ts'
import { isEnded } from '../../../domain/job.ts'
import { type Webhook, webhookEventSchema, webhookSchema } from '../../../domain/webhook.ts'
import type { HttpRoutes } from '../http-routes.ts'
import { PROBLEMS } from '../problem-responses.ts'
import { WebhookSender } from './webhook-sender.ts'
import { pinTarget } from './webhook-target.ts'

const MOST_WEBHOOKS = 50
const SECRET_BYTES = 32

const webhookWireSchema = z
  .object({ id: z.string(), url: z.string(), events: z.array(webhookEventSchema), created_at: z.iso.datetime() })
  .meta({ id: 'Webhook' })
const createdWireSchema = webhookWireSchema
  .extend({ secret: z.string().describe('What messages are signed with; told this once') })
  .meta({ id: 'WebhookCreated' })

const wire = ({ _id, url, events, createdAt }: Webhook) => ({
  id: _id,
  url,
  events,
  created_at: createdAt.toISOString()
})

const bodySchema = z.strictObject({
  url: webhookSchema.shape.url,
  events: webhookSchema.shape.events.max(webhookEventSchema.options.length).default([...webhookEventSchema.options])
})
const tags = ['webhooks']

export const webhookRoutes: HttpRoutes = (app, { studio, settings, onFault }) => {
  const { addresses } = studio.webhooks
  const sender = new WebhookSender({
    store: studio.webhooks,
    jobs: studio.jobs,
    allowPrivate: settings.privateWebhooks,
    onTrouble: onFault
  })
  const stopHearing = studio.manager.onChanged(({ status }) => isEnded(status) && sender.wake())
  sender.start()
  app.addHook('onClose', async () => {
    stopHearing()
    await sender.stop()
  })

  app.get(
    '/webhooks',
    {
      schema: {
        operationId: 'listWebhooks',
        tags,
        summary: 'Addresses that are told when jobs end',
        response: { 200: z.object({ webhooks: z.array(webhookWireSchema) }), ...PROBLEMS }
      }
    },
    async () => ({ webhooks: (await addresses.list()).map(wire) })
  )

  app.post(
    '/webhooks',
    {
      schema: {
        operationId: 'addWebhook',
        tags,
        summary: 'Have an address told, signed as Standard Webhooks has it',
        body: bodySchema,
        response: { 201: createdWireSchema, ...PROBLEMS }
      }
    },
    async ({ body: { url, events } }, reply) => {
      if ((await addresses.list()).length >= MOST_WEBHOOKS) {
        throw new StudioError('webhook-refused', `There are ${MOST_WEBHOOKS} webhooks already.`)
      }
      await pinTarget(new URL(url), settings.privateWebhooks)
      const secret = `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`
      const webhook = { _id: ulid(), url, events, secret, createdAt: new Date() }
      await addresses.put(webhook)
      return await reply.status(201).send({ ...wire(webhook), secret })
    }
  )

  app.delete(
    '/webhooks/:id',
    {
      schema: {
        operationId: 'removeWebhook',
        tags,
        summary: 'Tell an address no more; what was on its way to it is dropped',
        params: z.strictObject({ id: z.string().min(1).max(100) }),
        response: { 204: z.null().describe('It is told no more'), ...PROBLEMS }
      }
    },
    async ({ params }, reply) => {
      if (!(await addresses.remove(params.id))) {
        throw new StudioError('webhook-missing', `There is no webhook ${params.id}.`)
      }
      return await reply.status(204).send(null)
    }
  )
}
