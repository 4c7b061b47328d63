import { z } from 'zod'
import { flagSchema, starsSchema } from '../rating.ts'
import { deliveryItemSchema } from './delivery-item.ts'
import { PROOFING_KIND } from './proofing-page.ts'

const MOST_PICKS = 10_000
export const MAX_COMMENT = 2000

/** What a client said of one picture. */
const proofingPickSchema = deliveryItemSchema.extend({
  flag: flagSchema,
  stars: starsSchema,
  comment: z.string().trim().max(MAX_COMMENT)
})

export type ProofingPick = z.infer<typeof proofingPickSchema>

/** The file that comes back from a proofing bundle. Pictures that nothing was said of are not in it. */
export const proofingPicksSchema = z.object({
  kind: z.literal(PROOFING_KIND),
  version: z.literal(1),
  /** Of the bundle; the same for every file that comes back from it. */
  bundleId: z.string().min(1).max(100),
  title: z.string().max(200),
  /** Whom the client says they are; may be empty. */
  client: z.string().trim().max(200),
  savedAt: z.iso.datetime(),
  picks: z.array(proofingPickSchema).max(MOST_PICKS)
})

export type ProofingPicks = z.infer<typeof proofingPicksSchema>

export const proofingOptionsSchema = z.strictObject({
  title: z.string().trim().min(1).max(200),
  from: z.string().trim().max(200).default(''),
  message: z.string().trim().max(1000).default(''),
  /** folder: a page beside its pictures. single-file: one page that holds them all, for phones and mail. */
  packaging: z.enum(['folder', 'single-file']).default('folder'),
  /** Longer edge of the large pictures, pixels. */
  longEdge: z.int().min(400).max(4096).default(1600),
  /** Every attempt of each job too, behind what was delivered. */
  attempts: z.boolean().default(false)
})
export type ProofingOptions = z.infer<typeof proofingOptionsSchema>
