import { z } from 'zod'
import { parseMediaAddress } from '../../../contract/studio/media.ts'
import { StudioError } from '../../../domain/errors.ts'
import { isWithinRoots } from '../../studio-api/media/within-roots.ts'
import { type HttpApp, type HttpParts, MEDIA_BASE } from '../http-routes.ts'
import { sendFile } from '../send-file.ts'

const addressSchema = z.object({ kind: z.string().max(20), name: z.string().max(200) })
const querySchema = z.object({ edge: z.string().max(10).optional() })

/** Addresses name contents by their hash, so what lies behind one never changes. But a browser elsewhere is not to keep
 * for long what the studio has erased. */
const KEPT_MS = 60 * 60 * 1000

/** Pictures, under the same addresses as in the desktop studio. */
export function serveMedia(app: HttpApp, { api }: HttpParts): void {
  app.get(
    `${MEDIA_BASE}:kind/:name`,
    {
      // A gallery asks for hundreds of thumbnails at once.
      config: { rateLimit: false },
      schema: { hide: true, params: addressSchema, querystring: querySchema }
    },
    async (request, reply) => {
      const { kind, name } = request.params
      const media = parseMediaAddress(kind, `/${name}`, request.query.edge ?? null)
      if (media === null) throw new StudioError('address-unknown', 'There is no picture at this address.')
      const { path, mediaType } = await api.fileOf(media)
      if (!(await isWithinRoots(path, api.mediaRoots)))
        throw new StudioError('artifact-missing', 'There is no picture.')
      reply.header('content-type', mediaType).header('cache-control', `private, max-age=${KEPT_MS / 1000}`)
      return await sendFile(request, reply, path, { cacheControl: false, contentType: false })
    }
  )
}
