import { StudioError } from '../../domain/errors.ts'
import type { HttpApp } from './http-routes.ts'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'QUERY'] as const

/**
 * An address that is there but not for this method answers 405 with `Allow` (RFC 9110, 15.5.6), not 404. Call `refuse`
 * once every route is registered.
 */
export function refuseOtherMethods(app: HttpApp): { refuse(): void } {
  const methods = new Map<string, Set<string>>()
  app.addHook('onRoute', ({ url, method, schema }) => {
    // Those of a plugin, which may be more than one address.
    if (schema?.hide) return
    const known = methods.get(url) ?? new Set()
    for (const each of [method].flat()) known.add(each.toUpperCase())
    methods.set(url, known)
  })
  return {
    refuse() {
      for (const [url, known] of [...methods]) {
        const others = METHODS.filter((method) => !known.has(method))
        if (url.includes('*') || others.length === 0) continue
        const allow = [...known].join(', ')
        app.route({
          method: [...others],
          url,
          config: { access: 'open' },
          schema: { hide: true },
          // Before anything is read: whatever the body is, it is not for this address.
          onRequest: async (request, reply) => {
            reply.header('allow', allow)
            throw new StudioError('method-not-allowed', `${request.method} is not for this address.`)
          },
          handler: async () => undefined
        })
      }
    }
  }
}
