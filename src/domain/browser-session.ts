import { z } from 'zod'
import { instantSchema } from './instant.ts'

/** A browser that was let in by a one-time link, as it is stored; what it shows itself by, only the browser has. */
export const browserSessionSchema = z.object({
  /** SHA-256 of the token in its cookie, lower-case hex. */
  _id: z.string().regex(/^[0-9a-f]{64}$/),
  /** What the browser says of itself. */
  agent: z.string().max(300),
  createdAt: instantSchema,
  expiresAt: instantSchema
})
export type BrowserSession = z.infer<typeof browserSessionSchema>
