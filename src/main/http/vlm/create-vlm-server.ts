import type { ChatModel } from '../../../domain/chat-model.ts'
import { STUDIO_VERSION } from '../../../domain/studio-version.ts'
import type { HttpServer } from '../guarded-server.ts'
import { createModelServer, type ModelServerOptions } from '../model-server/create-model-server.ts'
import { failLikeOpenAi } from '../model-server/openai-failure.ts'
import { chatRoutes } from './chat-routes.ts'
import { modelRoutes } from './model-routes.ts'
import { ServedModel } from './served-model.ts'

export interface VlmServerOptions
  extends Pick<ModelServerOptions, 'host' | 'port' | 'allowedHosts' | 'apiKey' | 'log' | 'onFault'> {
  readonly model: ChatModel
  /** What clients ask for it by. */
  readonly name: string
}

/** Sixteen photos of a good size as base64, bytes. */
const BODY_BYTES = 64 * 1024 ** 2
/** A model on a processor takes minutes to read pictures and write a page, milliseconds. */
const REQUEST_MS = 60 * 60_000

const DESCRIPTION = 'A vision-language model on this machine, by the API of OpenAI as far as it is described here.'

/** An OpenAI-compatible server of one model; throws as `createModelServer`. */
export async function createVlmServer({ name, model, ...options }: VlmServerOptions): Promise<HttpServer> {
  const { onFault = () => undefined } = options
  const description = { title: 'APEX vision-language model', version: STUDIO_VERSION, description: DESCRIPTION }
  const settings = { bodyBytes: BODY_BYTES, requestMs: REQUEST_MS, requestsPerMinute: 0 }
  return await createModelServer({
    ...options,
    description,
    settings,
    async register(server) {
      const served = new ServedModel(name, model, server.registry)
      await server.add(async (app, parts) => {
        failLikeOpenAi(app, onFault)
        await modelRoutes(served)(app, parts)
        await chatRoutes(served)(app, parts)
      })
    }
  })
}
