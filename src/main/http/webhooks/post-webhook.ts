import { createHmac } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { StudioError } from '../../../domain/errors.ts'
import type { Webhook } from '../../../domain/webhook.ts'
import { pinTarget } from './webhook-target.ts'

const PATIENCE_MS = 10_000
const SECRET_PREFIX = 'whsec_'

export interface OutgoingMessage {
  readonly id: string
  readonly body: string
}

/** As Standard Webhooks has it: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
export function signatureOf({ id, body }: OutgoingMessage, seconds: number, secret: string): string {
  const key = Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64')
  return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`
}

/**
 * Sends one message, to the very address that was looked at. Redirects are not followed: only a 2xx is an arrival.
 * @throws StudioError `webhook-refused`, `webhook-failed`, `cancelled`
 */
export async function postWebhook(
  { url, secret }: Pick<Webhook, 'url' | 'secret'>,
  message: OutgoingMessage,
  { allowPrivate, signal }: { readonly allowPrivate: boolean; readonly signal: AbortSignal }
): Promise<void> {
  const target = new URL(url)
  const { address, family } = await pinTarget(target, allowPrivate)
  const seconds = Math.floor(Date.now() / 1000)
  const send = target.protocol === 'https:' ? httpsRequest : httpRequest
  const patience = new AbortController()
  const end = () => patience.abort()
  const timer = setTimeout(end, PATIENCE_MS)
  // Not AbortSignal.any: it keeps kilobytes of every call for as long as the server's own signal lives (nodejs/node#64476).
  signal.addEventListener('abort', end)
  if (signal.aborted) end()
  const asking = new Promise<number>((resolve, reject) => {
    const asked = send(target, {
      method: 'POST',
      agent: false,
      signal: patience.signal,
      lookup: (_host, options, done) => (options.all ? done(null, [{ address, family }]) : done(null, address, family)),
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(message.body),
        'user-agent': 'apex-portrait-studio',
        'webhook-id': message.id,
        'webhook-timestamp': seconds,
        'webhook-signature': signatureOf(message, seconds, secret)
      }
    })
    asked.once('response', (answer) => {
      // What it says besides its status is of no use, and may have no end.
      answer.destroy()
      resolve(answer.statusCode ?? 0)
    })
    asked.once('error', (cause) => {
      reject(new StudioError('webhook-failed', `The webhook ${target.host} does not answer.`, { cause }))
    })
    asked.end(message.body)
  })
  const status = await asking.finally(() => {
    clearTimeout(timer)
    signal.removeEventListener('abort', end)
  })
  if (status < 200 || status > 299) throw new StudioError('webhook-failed', `${target.host} answered ${status}.`)
}
