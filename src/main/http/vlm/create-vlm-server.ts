import { createHash, timingSafeEqual } from 'node:crypto'
import type { ChatModel } from '../../../domain/chat-model.ts'
import { StudioError, toStudioError } from '../../../domain/errors.ts'
import { STUDIO_VERSION } from '../../../domain/studio-version.ts'
import { AccessControl, type Caller } from '../guard/access.ts'
import { isLoopback } from '../guard/network-names.ts'
import { type GuardedServerOptions, guardedServer, type HttpServer } from '../guarded-server.ts'
import { chatRoutes } from './chat-routes.ts'
import { modelRoutes } from './model-routes.ts'
import { chatFailure } from './openai-failure.ts'
import { ServedModel } from './served-model.ts'

export interface VlmServerOptions
  extends Pick<GuardedServerOptions, 'host' | 'port' | 'allowedHosts' | 'log' | 'onFault'> {
  readonly model: ChatModel
  /** What clients ask for it by. */
  readonly name: string
  /** What clients have to send; on loopback there need be none. */
  readonly apiKey?: string | undefined
}

/** Sixteen photos of a good size as base64, bytes. */
const BODY_BYTES = 64 * 1024 ** 2
/** A model on a processor takes minutes to read pictures and write a page, milliseconds. */
const REQUEST_MS = 60 * 60_000

const DESCRIPTION = 'A vision-language model on this machine, by the API of OpenAI as far as it is described here.'

/**
 * An OpenAI-compatible server of one model.
 * @throws StudioError `keys-required` where others than this machine could reach it and there is no key; as `guardedServer`.
 */
export async function createVlmServer(options: VlmServerOptions): Promise<HttpServer> {
  const { host, apiKey, name, model, onFault = () => undefined } = options
  if (apiKey === undefined && !isLoopback(host)) {
    throw new StudioError('keys-required', `Others than this machine reach a server at ${host}: it needs a key.`, {
      hint: 'Set API_KEY to a key that its clients send, or listen on 127.0.0.1 only.'
    })
  }
  const access = new AccessControl(async (key) => callerOf(key, apiKey), apiKey === undefined)
  const description = { title: 'APEX vision-language model', version: STUDIO_VERSION, description: DESCRIPTION }
  const settings = { bodyBytes: BODY_BYTES, requestMs: REQUEST_MS, requestsPerMinute: 0 }
  return await guardedServer({ ...options, access, description, settings }, async (server) => {
    const served = new ServedModel(name, model, server.registry)
    await server.add(async (app, parts) => {
      // Clients of OpenAI's API read errors in its form only.
      app.setErrorHandler(async (thrown, _request, reply) => {
        const { status, body } = chatFailure(thrown)
        if (status >= 500) onFault(toStudioError(thrown))
        if (status === 401) reply.header('www-authenticate', 'Bearer')
        if (status === 429 || status === 503) reply.header('retry-after', 5)
        await reply.status(status).serializer(JSON.stringify).send(body)
      })
      await modelRoutes(served)(app, parts)
      await chatRoutes(served)(app, parts)
    })
  })
}

const digest = (text: string) => createHash('sha256').update(text).digest()

/** Compared in a time that tells nothing of the key. */
function callerOf(key: string, apiKey: string | undefined): Caller | null {
  if (apiKey === undefined || !timingSafeEqual(digest(key), digest(apiKey))) return null
  return { id: 'key', scopes: ['read', 'write'] }
}
