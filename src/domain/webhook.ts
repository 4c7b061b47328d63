import { z } from 'zod'
import { instantSchema } from './instant.ts'

export const webhookEventSchema = z.enum(['job.completed', 'job.failed', 'job.cancelled'])

/** An address that is told when jobs end. */
export const webhookSchema = z.object({
  _id: z.string().min(1),
  url: z.url({ protocol: /^https?$/ }).max(2000),
  events: z.array(webhookEventSchema).min(1),
  /** `whsec_` and base64 of the key that messages are signed with. */
  secret: z.string(),
  createdAt: instantSchema
})
export type Webhook = z.infer<typeof webhookSchema>

/** One message on its way to one address. */
export const webhookMessageSchema = z.object({
  /** The same however often it is sent: receivers tell repeats by it. */
  _id: z.string().min(1),
  webhookId: z.string(),
  /** JSON text, exactly as it is signed and sent. */
  body: z.string(),
  /** Times it has been sent in vain. */
  tries: z.int().nonnegative(),
  /** Not before. While somebody sends it: when the next one may take it for left behind. */
  dueAt: z.date()
})
export type WebhookMessage = z.infer<typeof webhookMessageSchema>
