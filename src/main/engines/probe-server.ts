import { z } from 'zod'
import { StudioError } from '../../domain/errors.ts'
import { maskAddresses } from '../environment/mask.ts'
import type { StudioEnvironment } from '../environment.ts'

/** A server that answers later counts as away, milliseconds. */
const PATIENCE_MS = 5_000
/** Bytes of an answer that are looked at: a server that is another may send without end. */
const MOST_BYTES = 256 * 1024

/** A remote model server, by the variable that names it. */
export interface RemoteServer {
  readonly variable: 'VLLM_SERVER_URL' | 'FLUX_SERVER_URL'
  /** As it was given; may hold a user and a password. */
  readonly url: string
  readonly apiKey?: string | undefined
}

interface Answer {
  readonly status: number
  readonly type: string
  readonly body: string
}

/** What a server that answers as it should says of itself, in words. */
type Probe = (server: RemoteServer, signal?: AbortSignal) => Promise<string>

/** The model servers that are set. */
export function remoteServers(environment: StudioEnvironment): RemoteServer[] {
  const { vllmServerUrl, vllmApiKey, fluxServerUrl } = environment
  return [
    ...(vllmServerUrl === undefined
      ? []
      : [{ variable: 'VLLM_SERVER_URL' as const, url: vllmServerUrl, apiKey: vllmApiKey }]),
    ...(fluxServerUrl === undefined ? [] : [{ variable: 'FLUX_SERVER_URL' as const, url: fluxServerUrl }])
  ]
}

/** Asks a model server as what its variable says it is; throws as `probeVllm`. */
export const probeServer: Probe = async (server, signal) =>
  await (server.variable === 'VLLM_SERVER_URL' ? probeVllm : probeFlux)(server, signal)

/** https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html: the list of models is what OpenAI's API has. */
const modelsSchema = z.object({ data: z.array(z.object({ id: z.string() })).min(1) })
/** The seed system's Flux server. */
const seedHealthSchema = z.object({ status: z.string(), model_loaded: z.boolean() })

/**
 * Asks a vLLM server which models it has.
 * @throws StudioError `engine-unavailable` in words that say what answered, if anything did.
 */
export const probeVllm: Probe = async (server, signal) => {
  const models = modelsOf(await ask(server, '/v1/models', 'GET', signal))
  if (models === null) throw anotherServer(server, 'no vLLM server')
  return `serves ${models.join(', ')}`
}

/**
 * Asks a Flux server whether it can make pictures, by the Images API of OpenAI or by the seed system's `/generate`.
 * @throws StudioError as `probeVllm`.
 */
export const probeFlux: Probe = async (server, signal) => {
  const models = modelsOf(await ask(server, '/v1/models', 'GET', signal))
  if (models !== null) {
    // An empty order: 400 or 422 from a server that makes pictures, 404 or 405 from one that does not.
    const { status } = await ask(server, '/v1/images/generations', 'POST', signal)
    if (status === 404 || status === 405)
      throw anotherServer(server, `a server of ${models.join(', ')} that makes no pictures`)
    return `makes pictures with ${models.join(', ')}`
  }
  const health = seedHealthSchema.safeParse(json(await ask(server, '/health', 'GET', signal)))
  if (!health.success) throw anotherServer(server, 'no Flux server')
  if (!health.data.model_loaded) throw notReady(server)
  return 'makes pictures by /generate'
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
    throw unreachable(server, thrown)
  }
}

/** A path below the address, whose own path stays, e.g. that of a gateway; `fetch` takes no password in an address. */
function requestOf({ url, apiKey }: RemoteServer, path: string): { href: string; headers: Record<string, string> } {
  const address = new URL(url)
  const { username, password } = address
  const user = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  const basic = username === '' ? {} : { authorization: `Basic ${Buffer.from(user).toString('base64')}` }
  address.username = ''
  address.password = ''
  address.pathname = `${address.pathname.replace(/\/+$/, '').replace(/\/v1$/, '')}${path}`
  return { href: address.href, headers: apiKey ? { authorization: `Bearer ${apiKey}` } : basic }
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

const named = ({ variable, url }: RemoteServer) => `${maskAddresses(url)} (${variable})`

function anotherServer(server: RemoteServer, isWhat: string): StudioError {
  return new StudioError('engine-unavailable', `What answers at ${named(server)} is ${isWhat}.`, {
    hint: `Check address and port: vLLM has 12000 and Flux 8000 in the set-up of deploy/. Without ${server.variable} the built-in engine works alone.`
  })
}

function refused(server: RemoteServer): StudioError {
  const hint =
    server.variable === 'VLLM_SERVER_URL'
      ? 'Set VLLM_API_KEY to the key that the server was started with (its API_KEY).'
      : 'Put user and password into the address, as in https://user:password@host.'
  return new StudioError('engine-unavailable', `The server at ${named(server)} does not let the studio in.`, { hint })
}

function notReady(server: RemoteServer): StudioError {
  return new StudioError('engine-unavailable', `The server at ${named(server)} is there, but not ready yet.`, {
    hint: 'It may still load its model, which takes minutes at its first start. Look at its log if it stays so.'
  })
}

/** What Node's `fetch` failed with lies in the cause, or in the causes of the several addresses it tried. */
function systemCode(thrown: unknown, depth = 0): string | null {
  if (!(thrown instanceof Error) || depth > 3) return null
  if ('code' in thrown && typeof thrown.code === 'string') return thrown.code
  if (thrown instanceof AggregateError) return systemCode(thrown.errors[0], depth + 1)
  return systemCode(thrown.cause, depth + 1)
}

function unreachable(server: RemoteServer, thrown: unknown): StudioError {
  const where = named(server)
  const unavailable = (says: string, hint: string) =>
    new StudioError('engine-unavailable', says, { hint, cause: thrown })
  const code = systemCode(thrown)
  if (thrown instanceof Error && thrown.name === 'TimeoutError') {
    return unavailable(
      `The server at ${where} did not answer within ${PATIENCE_MS / 1000} seconds.`,
      'Check that it runs, and that no firewall drops what is sent to it.'
    )
  }
  switch (code) {
    case 'ECONNREFUSED':
      return unavailable(`Nothing listens at ${where}.`, `Start the server, or correct ${server.variable}.`)
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return unavailable(`The name in ${where} is not known.`, 'Check its spelling, and the network of this machine.')
    case 'ECONNRESET':
    case 'UND_ERR_SOCKET':
      return unavailable(`What listens at ${where} hangs up.`, 'Check http and https, and the port.')
    default:
      if (code?.startsWith('HPE_'))
        return unavailable(`What listens at ${where} does not speak HTTP.`, 'Check the port.')
      return unavailable(
        `The server at ${where} cannot be reached${code ? ` (${code})` : ''}.`,
        'Check address and network.'
      )
  }
}
