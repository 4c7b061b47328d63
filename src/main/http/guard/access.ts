import type { FastifyRequest } from 'fastify'
import type { ApiScope } from '../../../domain/api-key.ts'
import { StudioError } from '../../../domain/errors.ts'

/** Whoever asks. */
export interface Caller {
  /** Stable: what limits are counted and keys of orders are kept apart by. */
  readonly id: string
  readonly scopes: readonly ApiScope[]
}

/** What a route asks of its caller; `open` takes anybody. Without it GET and HEAD ask for `read`, the others for `write`. */
export type RouteAccess = ApiScope | 'open'

/** Who a request comes from by a mark it carries, e.g. a cookie; null where it carries none of that kind. */
export type Recognize = (request: FastifyRequest) => Promise<Caller | null>

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: RouteAccess
  }
  interface FastifyRequest {
    /** Null on an open route whose caller is not known. */
    caller: Caller | null
  }
}

/** Anybody on the machine itself, where the server listens to nobody else. */
const LOCAL: Caller = { id: 'local', scopes: ['read', 'write'] }

const READING = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Decides who may do what. */
export class AccessControl {
  readonly #callerOfKey: (key: string) => Promise<Caller | null>
  readonly #isOpen: boolean
  readonly #marks: Recognize[] = []

  /**
   * @param callerOfKey whose key this is; null where it is nobody's
   * @param isOpen whoever carries no mark may do everything, as on loopback
   */
  constructor(callerOfKey: (key: string) => Promise<Caller | null>, isOpen: boolean) {
    this.#callerOfKey = callerOfKey
    this.#isOpen = isOpen
  }

  /** Adds another kind of mark by which callers are recognised, besides API keys. */
  recognizeBy(mark: Recognize): void {
    this.#marks.push(mark)
  }

  /** @throws StudioError `key-missing`, `key-refused`. */
  async admit(request: FastifyRequest): Promise<Caller | null> {
    const access = request.routeOptions.config.access ?? (READING.has(request.method) ? 'read' : 'write')
    const caller = await this.#callerOf(request, access)
    if (access === 'open') return caller
    if (caller === null) throw new StudioError('key-missing', 'This server takes requests with an API key only.')
    if (caller.scopes.includes(access)) return caller
    throw new StudioError('key-refused', `The key may not ${access}.`)
  }

  async #callerOf(request: FastifyRequest, access: RouteAccess): Promise<Caller | null> {
    const key = keyOf(request)
    if (key !== null) {
      const known = await this.#callerOfKey(key)
      if (known) return known
      if (access === 'open') return null
      throw new StudioError('key-refused', 'There is no such API key.')
    }
    for (const recognize of this.#marks) {
      const caller = await recognize(request)
      if (caller) return caller
    }
    return this.#isOpen ? LOCAL : null
  }
}

/** From `Authorization: Bearer` (RFC 6750) or `X-API-Key`. */
function keyOf({ headers }: FastifyRequest): string | null {
  const bearer = /^bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1]
  const plain = headers['x-api-key']
  return bearer ?? (typeof plain === 'string' ? plain : null)
}
