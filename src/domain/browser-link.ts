import { z } from 'zod'
import { instantSchema } from './instant.ts'

/** A link that lets one browser in, as it is stored; the token in it, only whoever was given it has. */
export const browserLinkSchema = z.object({
  /** SHA-256 of its token, lower-case hex. */
  _id: z.string().regex(/^[0-9a-f]{64}$/),
  expiresAt: instantSchema
})
export type BrowserLink = z.infer<typeof browserLinkSchema>
