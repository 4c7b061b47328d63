import { StudioError } from '../../../domain/errors.ts'
import { say } from '../../../domain/sentences/say.ts'
import { maskAddresses } from '../../environment/mask.ts'
import type { StudioEnvironment } from '../../environment.ts'

/** What engines on model servers are called, as orders have it. */
export const REMOTE_ENGINE = 'remote'

/** A remote model server, by the variable that names it. */
export interface RemoteServer {
  readonly variable: 'VLLM_SERVER_URL' | 'FLUX_SERVER_URL'
  /** As it was given; may hold a user and a password. */
  readonly url: string
  readonly apiKey?: string | undefined
}

/** The model servers that are set. */
export function remoteServers(environment: StudioEnvironment): RemoteServer[] {
  const { vllmServerUrl, vllmApiKey, fluxServerUrls, fluxApiKey: apiKey } = environment
  return [
    ...(vllmServerUrl === undefined
      ? []
      : [{ variable: 'VLLM_SERVER_URL' as const, url: vllmServerUrl, apiKey: vllmApiKey }]),
    ...fluxServerUrls.map((url) => ({ variable: 'FLUX_SERVER_URL' as const, url, apiKey }))
  ]
}

/** A path below the address, whose own path stays, e.g. that of a gateway; `fetch` takes no password in an address. */
export function requestOf(
  { url, apiKey }: RemoteServer,
  path: string
): { href: string; headers: Record<string, string> } {
  const address = new URL(url)
  const { username, password } = address
  const user = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  const basic = username === '' ? {} : { authorization: `Basic ${Buffer.from(user).toString('base64')}` }
  address.username = ''
  address.password = ''
  address.pathname = `${address.pathname.replace(/\/+$/, '').replace(/\/v1$/, '')}${path}`
  return { href: address.href, headers: apiKey ? { authorization: `Bearer ${apiKey}` } : basic }
}

/** As it is shown: without a password. */
export const named = ({ variable, url }: RemoteServer) => `${maskAddresses(url)} (${variable})`

export function refused(server: RemoteServer): StudioError {
  const hint = server.variable === 'VLLM_SERVER_URL' ? say('hint-vllm-key') : say('hint-flux-key')
  return new StudioError('engine-unavailable', say('error-server-refuses', { where: named(server) }), { hint })
}

export function notReady(server: RemoteServer): StudioError {
  return new StudioError('engine-unavailable', say('error-server-not-ready', { where: named(server) }), {
    hint: say('hint-still-loads')
  })
}

/** What Node's `fetch` failed with lies in the cause, or in the causes of the several addresses it tried. */
function systemCode(thrown: unknown, depth = 0): string | null {
  if (!(thrown instanceof Error) || depth > 3) return null
  if ('code' in thrown && typeof thrown.code === 'string') return thrown.code
  if (thrown instanceof AggregateError) return systemCode(thrown.errors[0], depth + 1)
  return systemCode(thrown.cause, depth + 1)
}

/** `patienceMs`: how long an answer was waited for. */
export function unreachable(server: RemoteServer, thrown: unknown, patienceMs: number): StudioError {
  const where = named(server)
  const unavailable = (says: string, hint: string) =>
    new StudioError('engine-unavailable', says, { hint, cause: thrown })
  const code = systemCode(thrown)
  if (thrown instanceof Error && thrown.name === 'TimeoutError') {
    return unavailable(say('error-server-slow', { where, seconds: patienceMs / 1000 }), say('hint-firewall'))
  }
  switch (code) {
    case 'ECONNREFUSED':
      return unavailable(
        say('error-nothing-listens', { where }),
        say('hint-start-server', { variable: server.variable })
      )
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return unavailable(say('error-name-unknown', { where }), say('hint-spelling'))
    case 'ECONNRESET':
    case 'UND_ERR_SOCKET':
      return unavailable(say('error-hangs-up', { where }), say('hint-https-port'))
    default:
      if (code?.startsWith('HPE_')) return unavailable(say('error-no-http', { where }), say('hint-port'))
      return unavailable(`The server at ${where} cannot be reached${code ? ` (${code})` : ''}.`, say('hint-address'))
  }
}
