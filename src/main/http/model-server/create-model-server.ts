import { createHash, timingSafeEqual } from 'node:crypto'
import { StudioError } from '../../../domain/errors.ts'
import { AccessControl } from '../guard/access.ts'
import { isLoopback } from '../guard/network-names.ts'
import { type GuardedServerOptions, guardedServer, type HttpServer, type ServerInTheMaking } from '../guarded-server.ts'
import { registryRoute } from './registry-route.ts'

export interface ModelServerOptions extends Omit<GuardedServerOptions, 'access'> {
  /** What clients have to send; without one, everybody on this machine may ask. */
  readonly apiKey: string | undefined
  /** Adds the routes of the API that it speaks. */
  readonly register: (server: ServerInTheMaking) => Promise<void>
}

/**
 * A server that offers one engine to other studios, in the words of the API it speaks.
 * @throws StudioError `keys-required` where others than this machine could reach it and there is no key; as
 *   `guardedServer`.
 */
export async function createModelServer({ apiKey, register, ...options }: ModelServerOptions): Promise<HttpServer> {
  const { host } = options
  if (apiKey === undefined && !isLoopback(host)) {
    throw new StudioError('keys-required', `Others than this machine reach a server at ${host}: it needs a key.`, {
      hint: 'Set API_KEY to a long random text, or listen on 127.0.0.1 only.'
    })
  }
  const client = { id: 'client', scopes: ['read', 'write'] } as const
  // Clients of such servers send a key of some kind even where none is asked for.
  const access = new AccessControl(
    async (key) => (apiKey === undefined || isSame(key, apiKey) ? client : null),
    apiKey === undefined
  )
  return await guardedServer({ ...options, access }, async (server) => {
    await register(server)
    await server.add(registryRoute)
  })
}

/** Takes as long for a wrong key as for the right one. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((key) => createHash('sha256').update(key).digest())
  return a !== undefined && b !== undefined && timingSafeEqual(a, b)
}
