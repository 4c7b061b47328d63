import { z } from 'zod'
import { instantSchema } from './instant.ts'

/** What a caller may do: `read` looks, `write` orders, changes and removes; each is given by itself. */
export const apiScopeSchema = z.enum(['read', 'write'])
export type ApiScope = z.infer<typeof apiScopeSchema>

/** A key as it is stored; the key itself is shown once, when it is made. */
export const apiKeySchema = z.object({
  /** The part of the key that names it. */
  _id: z.string().regex(/^[0-9a-z]{8}$/),
  name: z.string().trim().min(1).max(100),
  scopes: z.array(apiScopeSchema).min(1),
  /** SHA-256 of the whole key, lower-case hex. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  createdAt: instantSchema
})
export type ApiKey = z.infer<typeof apiKeySchema>
