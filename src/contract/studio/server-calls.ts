import { z } from 'zod'
import { apiKeySchema } from '../../domain/api-key.ts'
import { serializedErrorSchema } from '../../domain/errors.ts'
import { instantSchema } from '../../domain/instant.ts'
import { serverSettingsSchema } from '../../domain/server-settings.ts'
import { command, desktopOnly, query } from './call-definition.ts'
import { nothingSchema } from './shapes.ts'

export const serverStateSchema = z.object({
  /** Where browsers reach the studio, the best first; empty while it serves none. */
  addresses: z.array(z.string()),
  /** Only the studio's own machine reaches it, which needs neither link nor key. */
  loopback: z.boolean(),
  /** What the desktop studio was told to do; null where the server was started by itself. */
  settings: serverSettingsSchema.nullable(),
  /** Why it does not serve although it should. */
  error: serializedErrorSchema.nullable(),
  apiKeys: z.int().nonnegative(),
  /** Browsers that were let in and may still come. */
  browsers: z.int().nonnegative()
})
export type ServerState = z.infer<typeof serverStateSchema>

export const SERVER_CALLS = {
  'server.describe': query(nothingSchema, serverStateSchema),
  /** A link that lets one browser in, once and for ten minutes. @throws `server-off`. */
  'server.makeLink': command(
    nothingSchema,
    z.object({
      url: z.string(),
      expiresAt: instantSchema,
      /** The link as a QR code: rows of modules, true is dark; without the quiet zone of four modules around it. */
      code: z.array(z.array(z.boolean()))
    })
  ),
  /** Every browser that was let in needs a new link. */
  'server.forgetBrowsers': command(nothingSchema, nothingSchema),
  /** Serves browsers, or stops to; kept for the next start. What cannot be is told as `error`. */
  'desktop.setServer': desktopOnly(z.strictObject({ settings: serverSettingsSchema }), serverStateSchema),
  /** An API key, told this once. */
  'desktop.makeApiKey': desktopOnly(z.strictObject({ name: apiKeySchema.shape.name }), z.object({ key: z.string() }))
} as const
