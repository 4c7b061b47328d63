import { z } from 'zod'
import { StudioError } from '../../domain/errors.ts'
import { named, notReady, type RemoteServer, refused, requestOf, unreachable } from './remote/remote-server.ts'

/** A server that answers later counts as away, milliseconds. */
const PATIENCE_MS = 5_000
/** Bytes of an answer that are looked at: a server that is another may send without end. */
const MOST_BYTES = 256 * 1024

interface Answer {
  readonly status: number
  readonly type: string
  readonly body: string
}

/** What a server that answers as it should says of itself, in words. */
type Probe = (server: RemoteServer, signal?: AbortSignal) => Promise<string>

/** Asks a model server as what its variable says it is; throws as `modelsAt`. */
export const probeServer: Probe = async (server, signal) =>
  await (server.variable === 'VLLM_SERVER_URL' ? probeVllm : probeFlux)(server, signal)

/** https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html: the list of models is what OpenAI's API has. */
const modelsSchema = z.object({ data: z.array(z.object({ id: z.string() })).min(1) })
/** The seed system's Flux server. */
const seedHealthSchema = z.object({ status: z.string(), model_loaded: z.boolean() })

/**
 * The models that a server of OpenAI's API has.
 * @throws StudioError `engine-unavailable` in words that say what answered, if anything did.
 */
export async function modelsAt(server: RemoteServer, signal?: AbortSignal): Promise<string[]> {
  const models = modelsOf(await ask(server, '/v1/models', 'GET', signal))
  if (models === null) throw anotherServer(server, 'no vLLM server')
  return models
}

/** Asks a vLLM server which models it has; throws as `modelsAt`. */
export const probeVllm: Probe = async (server, signal) => `serves ${(await modelsAt(server, signal)).join(', ')}`

/** How a Flux server is spoken to: by the Images API of OpenAI, or as the seed system's own server. */
export type FluxProtocol =
  | {
      readonly kind: 'images'
      /** The models it lists; the first is asked. */
      readonly models: readonly string[]
      /** Whether it makes pictures from references. */
      readonly edits: boolean
    }
  | { readonly kind: 'seed' }

/** Finds out how a Flux server is spoken to, and that it can make pictures; throws as `modelsAt`. */
export async function fluxProtocolAt(server: RemoteServer, signal?: AbortSignal): Promise<FluxProtocol> {
  const models = modelsOf(await ask(server, '/v1/models', 'GET', signal))
  if (models !== null) {
    // An empty order: 400, 415 or 422 from a server that makes pictures, 404 or 405 from one that does not.
    const takes = async (path: string) => ![404, 405].includes((await ask(server, path, 'POST', signal)).status)
    const [generates, edits] = [await takes('/v1/images/generations'), await takes('/v1/images/edits')]
    if (!generates && !edits) throw anotherServer(server, `a server of ${models.join(', ')} that makes no pictures`)
    return { kind: 'images', models, edits }
  }
  const health = seedHealthSchema.safeParse(json(await ask(server, '/health', 'GET', signal)))
  if (!health.success) throw anotherServer(server, 'no Flux server')
  if (!health.data.model_loaded) throw notReady(server)
  return { kind: 'seed' }
}

/** Asks a Flux server whether it can make pictures; throws as `modelsAt`. */
export const probeFlux: Probe = async (server, signal) => {
  const protocol = await fluxProtocolAt(server, signal)
  return protocol.kind === 'seed' ? 'makes pictures by /generate' : `makes pictures with ${protocol.models.join(', ')}`
}

function json({ body }: Answer): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}

function modelsOf(answer: Answer): string[] | null {
  const parsed = modelsSchema.safeParse(json(answer))
  return answer.status === 200 && parsed.success ? parsed.data.data.map(({ id }) => id) : null
}

async function ask(server: RemoteServer, path: string, method: 'GET' | 'POST', signal?: AbortSignal): Promise<Answer> {
  const { href, headers } = requestOf(server, path)
  const patience = AbortSignal.timeout(PATIENCE_MS)
  try {
    const response = await fetch(href, {
      method,
      headers: { ...headers, ...(method === 'POST' ? { 'content-type': 'application/json' } : {}) },
      ...(method === 'POST' ? { body: '{}' } : {}),
      // Somewhere else than what was named is not asked, and gets no key.
      redirect: 'manual',
      signal: signal ? AbortSignal.any([signal, patience]) : patience
    })
    const body = await beginningOf(response)
    const answer = { status: response.status, type: response.headers.get('content-type') ?? '', body }
    if (answer.status === 401 || answer.status === 403) throw refused(server)
    if (answer.status === 502 || answer.status === 503 || answer.status === 504) throw notReady(server)
    return answer
  } catch (thrown) {
    if (thrown instanceof StudioError) throw thrown
    signal?.throwIfAborted()
    throw unreachable(server, thrown, PATIENCE_MS)
  }
}

async function beginningOf(response: Response): Promise<string> {
  const decoder = new TextDecoder()
  let [text, bytes] = ['', 0]
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    bytes += chunk.byteLength
    if (bytes > MOST_BYTES) break
  }
  return text
}

function anotherServer(server: RemoteServer, isWhat: string): StudioError {
  return new StudioError('engine-unavailable', `What answers at ${named(server)} is ${isWhat}.`, {
    hint: `Check address and port: vLLM has 12000 and Flux 8000 in the set-up of deploy/. Without ${server.variable} the built-in engine works alone.`
  })
}
