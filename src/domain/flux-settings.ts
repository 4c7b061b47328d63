import { z } from 'zod'

/** Named settings of engines that paint with FLUX, as a brief carries them; repairs change these. */
export const fluxSettingsSchema = z.object({
  /** Left out: what the model was made for. */
  'sampling.steps': z.int().min(1).max(100).optional(),
  'sampling.guidance': z.number().min(0).max(20).optional(),
  /**
   * How much of what the model is shown is the face: above 0.5 a close view of it is shown beside the photos, where the
   * model looks at several.
   */
  'reference.strength': z.number().min(0).max(1).default(0.5),
  /** How much of the photo may change: 1 paints from noise alone, less starts from the photo. Left out: as the model needs. */
  'img2img.strength': z.number().min(0.2).max(1).optional()
})
export type FluxSettings = z.infer<typeof fluxSettingsSchema>
