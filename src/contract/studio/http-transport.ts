import { z } from 'zod'
import { errorCodeSchema, StudioError, serializeError } from '../../domain/errors.ts'
import { say } from '../../domain/sentences/say.ts'
import { type EventStreamOptions, openEventStream } from './event-stream.ts'
import type { StudioAnswer, StudioRequest, StudioTransport } from './transport.ts'

export interface HttpTransportOptions {
  /** Where the studio is served, ending in `/`. */
  readonly base: string
  readonly fetch: typeof fetch
  readonly EventSource: EventStreamOptions['EventSource']
}

/** The parts of a problem document (RFC 9457) that this studio writes. */
const problemSchema = z.object({ code: errorCodeSchema, detail: z.string(), hint: z.string() })

const failed = (error: StudioError): StudioAnswer => ({ ok: false, error: serializeError(error) })

/** Carries the studio's contract over HTTP, and what it tells over server-sent events. */
export function createHttpTransport({ base, fetch, EventSource }: HttpTransportOptions): StudioTransport {
  return {
    mediaBase: `${base}media/`,
    async call(request: StudioRequest) {
      try {
        const response = await fetch(`${base}studio/call`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(request)
        })
        return response.ok ? await response.json() : failed(await refusal(response))
      } catch (cause) {
        return failed(unreachable(cause))
      }
    },
    listen: (hear) => openEventStream({ address: `${base}studio/events`, EventSource }, hear)
  }
}

/** Why a request was refused before it came to the studio, as an error of the studio. */
export async function refusal(response: Pick<Response, 'status' | 'text'>): Promise<StudioError> {
  return refusalOf(response.status, await response.text().catch(() => ''))
}

export function refusalOf(status: number, body: string): StudioError {
  const problem = problemSchema.safeParse(fromJson(body))
  if (!problem.success) return new StudioError('studio-unreachable', `The studio answered with status ${status}.`)
  const { code, detail, hint } = problem.data
  // Who looks at the studio in a browser has no key to send.
  if (code === 'key-missing') return new StudioError('browser-unknown', 'This browser has not been let in.')
  return new StudioError(code, detail, { hint })
}

export function unreachable(cause: unknown): StudioError {
  return new StudioError('studio-unreachable', say('error-studio-silent'), { cause })
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
