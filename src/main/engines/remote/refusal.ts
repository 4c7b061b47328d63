import { z } from 'zod'
import { StudioError } from '../../../domain/errors.ts'
import { say } from '../../../domain/sentences/say.ts'
import { named, notReady, type RemoteServer, refused } from './remote-server.ts'
import { RequestRefused, TransientFault } from './server-fault.ts'

export interface Refusal {
  readonly status: number
  readonly body: string
  readonly retryAfter: string | undefined
}

/** Characters of a server's own words that are passed on. */
const MOST_WORDS = 300

/** OpenAI's form of an error, vLLM's older one, and FastAPI's. */
const saidSchema = z.union([
  z.object({ error: z.object({ message: z.string() }) }).transform(({ error }) => error.message),
  z.object({ message: z.string() }).transform(({ message }) => message),
  z.object({ detail: z.string() }).transform(({ detail }) => detail),
  z.object({ error: z.string() }).transform(({ error }) => error)
])

/** What an answer that is not 200 means. */
export function faultOf(server: RemoteServer, { status, body, retryAfter }: Refusal): StudioError {
  const where = named(server)
  switch (status) {
    case 401:
    case 403:
      return refused(server)
    case 408:
    case 429:
      return new TransientFault(say('error-server-busy', { where, status }), {
        hint: say('hint-waits-busy'),
        retryAfterMs: millisecondsOf(retryAfter)
      })
    case 502:
    case 503:
    case 504: {
      const { message, hint } = notReady(server)
      return new TransientFault(message, { hint, retryAfterMs: millisecondsOf(retryAfter) })
    }
    default:
      if (status >= 500) {
        return new TransientFault(`The server at ${where} failed (${status}): ${said(body)}`, {
          hint: say('hint-server-log')
        })
      }
      if (status >= 400) return new RequestRefused(where, status, said(body))
      return new StudioError('engine-unavailable', `The server at ${where} sends on to another address (${status}).`, {
        hint: 'Set the variable to the address that it sends on to, if you trust that one.'
      })
  }
}

function said(body: string): string {
  const words = saidSchema.safeParse(parsedJson(body))
  // A page of HTML or whatever a proxy sends says nothing to a photographer.
  return words.success ? words.data.slice(0, MOST_WORDS) : 'it gives no reason.'
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Seconds or a date: RFC 9110, section 10.2.3. */
function millisecondsOf(retryAfter: string | undefined): number | null {
  if (retryAfter === undefined) return null
  const text = retryAfter.trim()
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000
  const date = Date.parse(text)
  return Number.isNaN(date) ? null : Math.max(0, date - Date.now())
}
