import { z } from 'zod'
import { artifactIdSchema } from '../../domain/job.ts'

/**
 * Pictures never travel in calls. They have addresses of these forms, after the base that the transport gives
 * (`studio-media://` in the desktop studio):
 *
 * - `artifact/<id>`: the bytes as they are in the store; a browser shows those that engines made (PNG), not every photo.
 * - `thumbnail/<id>?edge=<n>`: an upright sRGB JPEG, made when it is first asked for, at most `n` pixels on its longer edge.
 * - `swatch/<key>`: a picture that `swatches.render` or a running step has made; kept for as long as the studio runs.
 */
export const THUMBNAIL_EDGES = [160, 320, 640, 1280, 2560] as const
export const thumbnailEdgeSchema = z.literal(THUMBNAIL_EDGES)
export type ThumbnailEdge = z.infer<typeof thumbnailEdgeSchema>

export const swatchKeySchema = z.string().regex(/^[0-9a-f]{32}$/)

export const mediaSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('artifact'), id: artifactIdSchema }),
  z.object({ kind: z.literal('thumbnail'), id: artifactIdSchema, edge: thumbnailEdgeSchema }),
  z.object({ kind: z.literal('swatch'), key: swatchKeySchema })
])
export type Media = z.infer<typeof mediaSchema>

export function mediaAddress(base: string, media: Media): string {
  switch (media.kind) {
    case 'artifact':
      return `${base}artifact/${media.id}`
    case 'thumbnail':
      return `${base}thumbnail/${media.id}?edge=${media.edge}`
    case 'swatch':
      return `${base}swatch/${media.key}`
  }
}

/** Reads what `mediaAddress` wrote behind its base; null for anything else. */
export function parseMediaAddress(kind: string, path: string, edge: string | null): Media | null {
  const [, name, ...rest] = path.split('/')
  if (!path.startsWith('/') || rest.length > 0) return null
  const fields = { kind, id: name, key: name, ...(edge !== null && /^\d+$/.test(edge) ? { edge: Number(edge) } : {}) }
  const parsed = mediaSchema.safeParse(fields)
  return parsed.success ? parsed.data : null
}
