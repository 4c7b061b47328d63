import { StudioError } from '../../../domain/errors.ts'
import type { HttpApp } from '../http-routes.ts'
import type { AccessControl } from './access.ts'
import type { siteGuard } from './site-guard.ts'

/** Of every answer that sets none of its own: nothing a browser makes of an answer may run or be shown elsewhere. */
const SAFE_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff'
} as const

/** Looks at every request before anything of it is read, also at those that lead nowhere. */
export function guardRequests(app: HttpApp, access: AccessControl, checkSite: ReturnType<typeof siteGuard>): void {
  app.decorateRequest('caller', null)
  app.addHook('onRequest', async (request) => {
    const { headers, method } = request
    const one = (name: string) => (typeof headers[name] === 'string' ? headers[name] : undefined)
    const { host, origin } = headers
    checkSite({ host, origin, fetchSite: one('sec-fetch-site'), fetchMode: one('sec-fetch-mode'), method })
    if (headers['content-encoding'] !== undefined && headers['content-encoding'] !== 'identity') {
      throw new StudioError('media-type-unsupported', 'Compressed bodies are not taken.')
    }
    request.caller = await access.admit(request)
  })
  app.addHook('onSend', async (_request, reply) => {
    for (const [name, value] of Object.entries(SAFE_HEADERS)) if (!reply.hasHeader(name)) reply.header(name, value)
  })
}
