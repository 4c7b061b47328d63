import { toStudioError } from '../../../domain/errors.ts'
import { type Webhook, type WebhookMessage, webhookMessageSchema, webhookSchema } from '../../../domain/webhook.ts'
import type { Database } from '../database.ts'
import { createDocumentStore, type DocumentStore } from '../documents/document-store.ts'

/** Addresses to be told, and the messages that have not reached them yet. */
export interface WebhookStore {
  readonly addresses: DocumentStore<Webhook>
  /** Stores a message; nothing happens to one that is there already. */
  enqueue(message: WebhookMessage): Promise<void>
  /** One message that is due, for this caller alone until `until`; null when none is. */
  claim(now: Date, until: Date): Promise<WebhookMessage | null>
  /** It has arrived, or is given up. */
  remove(id: string): Promise<void>
  /** It was sent in vain, and is due again then. */
  postpone(id: string, dueAt: Date): Promise<void>
}

export async function createWebhookStore(database: Database): Promise<WebhookStore> {
  const messages = database.collection<WebhookMessage>('webhookmessages')
  await messages.createIndex({ dueAt: 1, _id: 1 })
  return {
    addresses: createDocumentStore(database, 'webhooks', webhookSchema),
    async enqueue(message) {
      try {
        await messages.insertOne(message)
      } catch (thrown) {
        if (toStudioError(thrown).code !== 'document-exists') throw thrown
      }
    },
    async claim(now, until) {
      const row = await messages.findOneAndUpdate(
        { dueAt: { $lte: now } },
        { $set: { dueAt: until } },
        { sort: { dueAt: 1, _id: 1 }, returnDocument: 'after' }
      )
      return row && webhookMessageSchema.parse(row)
    },
    async remove(id) {
      await messages.deleteOne({ _id: id })
    },
    async postpone(id, dueAt) {
      await messages.updateOne({ _id: id }, { $set: { dueAt }, $inc: { tries: 1 } })
    }
  }
}
