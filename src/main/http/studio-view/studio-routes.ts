import { join } from 'node:path'
import { z } from 'zod'
import { isStudioCallName, STUDIO_CALLS_BY_NAME } from '../../../contract/studio/calls.ts'
import { namedPaths } from '../../../contract/studio/named-paths.ts'
import { type StudioRequest, studioRequestSchema } from '../../../contract/studio/transport.ts'
import { machinePathSchema } from '../../../domain/machine-path.ts'
import type { Asker } from '../../studio-api/handlers.ts'
import type { HttpRoutes } from '../http-routes.ts'
import { recognizeBrowsers, sessionCookie } from './browser-cookie.ts'
import { Exchange } from './exchange.ts'
import { serveEvents } from './serve-events.ts'
import { serveMedia } from './serve-media.ts'
import { serveWritten } from './serve-written.ts'
import { withoutStacks } from './without-stacks.ts'

/** Orders of a thousand photos with notes; what is larger is a file and is uploaded. */
const CALL_BYTES = 8 * 1024 ** 2
const HOUR_MS = 60 * 60 * 1000

const hide = { hide: true } as const
const enterSchema = z.strictObject({ token: z.string().min(20).max(100) })
const fileSchema = z.strictObject({ name: z.string().min(1).max(1000), into: machinePathSchema.optional() })
const placeSchema = z.strictObject({ name: z.string().min(1).max(1000).nullable() })

/** The studio's contract for the page in a browser: the same calls and events as its window has, files besides. */
export const studioRoutes: HttpRoutes = (app, parts) => {
  const { api, access, studio } = parts
  const { browserAccess } = api
  const exchange = new Exchange(join(studio.dataFolder, 'exchange'))
  const browser: Asker = { desktop: false, mayName: (path) => exchange.holds(path) }
  access.recognizeBy(recognizeBrowsers(browserAccess))
  // Costs only space where it fails.
  const tidy = () => void exchange.tidy().catch(() => undefined)
  const tidying = setInterval(tidy, HOUR_MS)
  tidy()
  app.addHook('onClose', async () => clearInterval(tidying))

  app.post(
    '/studio/enter',
    { config: { access: 'open' }, schema: { ...hide, body: enterSchema } },
    async (request, reply) => {
      const token = await browserAccess.enter(request.body.token, request.headers['user-agent'] ?? '')
      return await reply.header('set-cookie', sessionCookie(token, request)).status(204).send()
    }
  )

  app.post(
    '/studio/call',
    { bodyLimit: CALL_BYTES, schema: { ...hide, body: studioRequestSchema } },
    async ({ body }, reply) => {
      const answer = await api.answer(body, browser)
      await exchange.taken(pathsOf(body))
      return await reply.type('application/json; charset=utf-8').send(withoutStacks(answer))
    }
  )

  app.register(async (uploads) => {
    uploads.addContentTypeParser('application/octet-stream', (_request, _body, done) => done(null))
    uploads.put('/studio/files', { schema: { ...hide, querystring: fileSchema } }, async (request, reply) => {
      const { name, into = null } = fileSchema.parse(request.query)
      return await reply.status(201).send({ path: await exchange.receive(request.raw, name, into) })
    })
  })

  app.post('/studio/places', { schema: { ...hide, body: placeSchema } }, async ({ body }, reply) =>
    reply.status(201).send({ path: await exchange.place(body.name) })
  )

  serveWritten(app, exchange)
  serveMedia(app, parts)
  serveEvents(app, parts)
}

function pathsOf({ name, params }: StudioRequest): string[] {
  return isStudioCallName(name) ? namedPaths(STUDIO_CALLS_BY_NAME[name].params, params) : []
}
