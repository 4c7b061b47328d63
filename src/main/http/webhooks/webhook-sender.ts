import { setTimeout as sleep } from 'node:timers/promises'
import { type StudioError, toStudioError } from '../../../domain/errors.ts'
import { webhookEventSchema } from '../../../domain/webhook.ts'
import type { JobRepository } from '../../store/job-repository.ts'
import type { WebhookStore } from '../../store/webhooks/webhook-store.ts'
import { jobWire } from '../jobs/job-wire.ts'
import { postWebhook } from './post-webhook.ts'

/** How long after each try the next one comes; after the last the message is given up. Some ten hours in all. */
const WAITS_MS = [5_000, 30_000, 120_000, 600_000, 3_600_000, 14_400_000, 18_000_000]
const POLL_MS = 1_000
/** Whole jobs are read for them. */
const ENDINGS_AT_ONCE = 20
/** Longer than one try takes: after it a message of a process that died is sent by another. */
const CLAIM_MS = 30_000

export interface WebhookSenderOptions {
  readonly store: WebhookStore
  readonly jobs: Pick<JobRepository, 'untold' | 'told'>
  readonly allowPrivate: boolean
  /** How long after each try the next one comes, milliseconds. */
  readonly waitsMs?: readonly number[]
  readonly onTrouble: (error: StudioError) => void
}

/** Tells the addresses that want to know when jobs end. What was not delivered, or not yet noticed, outlives the process. */
export class WebhookSender {
  readonly #options: WebhookSenderOptions
  readonly #life = new AbortController()
  #running: Promise<void> = Promise.resolve()
  #wake = new AbortController()

  constructor(options: WebhookSenderOptions) {
    this.#options = options
  }

  start(): void {
    this.#running = this.#run()
  }

  async stop(): Promise<void> {
    this.#life.abort()
    this.#wake.abort()
    await this.#running
  }

  /** A job may have ended: it is told at once instead of at the next look. */
  wake(): void {
    this.#wake.abort()
  }

  /**
   * Makes messages of the endings that nobody was told of, whichever process ended the jobs. They count as told once the
   * messages are stored: a crash in between makes the same messages again.
   */
  async #enqueueEndings(): Promise<void> {
    const { store, jobs } = this.#options
    for (const job of await jobs.untold(ENDINGS_AT_ONCE)) {
      const event = webhookEventSchema.parse(`job.${job.status}`)
      for (const { _id, events, createdAt } of await store.addresses.list()) {
        if (!events.includes(event) || createdAt > job.updatedAt) continue
        const id = `msg_${_id}_${job._id}_${job.endings}`
        const body = JSON.stringify({ type: event, timestamp: job.updatedAt, data: jobWire(job) })
        await store.enqueue({ _id: id, webhookId: _id, body, tries: 0, dueAt: new Date() })
      }
      await jobs.told(job)
    }
  }

  async #run(): Promise<void> {
    const { signal } = this.#life
    while (!signal.aborted) {
      this.#wake = new AbortController()
      const tell = (thrown: unknown) => {
        this.#options.onTrouble(toStudioError(thrown))
        return false
      }
      await this.#enqueueEndings().catch(tell)
      const sent = await this.#sendOne().catch(tell)
      if (sent || signal.aborted) continue
      await sleep(POLL_MS, undefined, { signal: this.#wake.signal }).catch(() => undefined)
    }
  }

  /** Whether there was one to send. */
  async #sendOne(): Promise<boolean> {
    const { store, allowPrivate, waitsMs = WAITS_MS, onTrouble } = this.#options
    const now = Date.now()
    const message = await store.claim(new Date(now), new Date(now + CLAIM_MS))
    if (!message) return false
    const { _id: id, webhookId, body, tries } = message
    const webhook = await store.addresses.get(webhookId)
    if (!webhook) {
      await store.remove(id)
      return true
    }
    try {
      await postWebhook(webhook, { id, body }, { allowPrivate, signal: this.#life.signal })
      await store.remove(id)
    } catch (thrown) {
      if (this.#life.signal.aborted) return false
      onTrouble(toStudioError(thrown))
      const wait = waitsMs[tries]
      if (wait === undefined) await store.remove(id)
      else await store.postpone(id, new Date(Date.now() + wait))
    }
    return true
  }
}
