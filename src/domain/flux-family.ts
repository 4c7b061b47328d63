import { z } from 'zod'

/** The FLUX models the studio's own engine runs. */
export const fluxFamilyIdSchema = z.enum(['flux2-klein', 'flux1-schnell', 'flux1-dev', 'flux1-kontext'])
export type FluxFamilyId = z.infer<typeof fluxFamilyIdSchema>
