import { randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { StudioError } from '../../../domain/errors.ts'
import { contentSecurityPolicy } from '../../studio-page/content-security-policy.ts'
import { pageHtml } from '../../studio-page/page-html.ts'
import type { HttpRoutes } from '../http-routes.ts'
import { sendFile } from '../send-file.ts'

const assetSchema = z.object({ name: z.string().max(200) })
const YEAR_MS = 365 * 24 * 60 * 60 * 1000

/** The same page that the desktop studio shows. It holds nothing of anybody: whoever reaches the server may load it. */
export const pageRoutes: HttpRoutes = async (app, { pageFolder }) => {
  if (pageFolder === null) return
  const open = { config: { access: 'open' as const, rateLimit: false as const } }

  app.get('/', { ...open, schema: { hide: true } }, async (_request, reply) => {
    const nonce = randomBytes(16).toString('base64')
    const html = await pageHtml(join(pageFolder, 'index.html'), nonce)
    return await reply
      .header('content-security-policy', contentSecurityPolicy(nonce))
      .type('text/html; charset=utf-8')
      .send(html)
  })

  // Asked for by browsers by themselves; the page has none.
  app.get('/favicon.ico', { ...open, schema: { hide: true } }, async (_request, reply) => reply.status(204).send())

  // Their names hold a hash of their content: what lies behind one never changes.
  const assets = join(pageFolder, 'assets')
  const names = new Set(await readdir(assets))
  app.get('/assets/:name', { ...open, schema: { hide: true, params: assetSchema } }, async (request, reply) => {
    const { name } = request.params
    if (!names.has(name)) throw new StudioError('address-unknown', 'There is nothing at this address.')
    return await sendFile(request, reply, join(assets, name), { immutable: true, maxAge: YEAR_MS })
  })
}
