import { z } from 'zod'
import type { Size } from '../geometry.ts'
import type { CallContext } from '../progress.ts'

/**
 * What can be done to a sound portrait so that everybody sees it. Light and colour are flaws where another was ordered; the
 * rest is one whatever was.
 */
export const PLANTED_FLAWS = [
  'out-of-focus',
  'smear',
  'pasted-patch',
  'twisted-face',
  'grimace',
  'other-clothes',
  'side-light',
  'flat-light',
  'warm-cast',
  'cool-cast'
] as const
export const plantedFlawSchema = z.enum(PLANTED_FLAWS)
export type PlantedFlaw = z.infer<typeof plantedFlawSchema>

export const plantRequestSchema = z.object({
  /** A portrait of one person. */
  path: z.string(),
  flaw: plantedFlawSchema,
  /** Where the sRGB PNG is written. */
  outputPath: z.string()
})
export type PlantRequest = z.infer<typeof plantRequestSchema>

/** Spoils pictures on purpose, so that a judge can be tried on pictures whose truth is known. */
export interface FlawPlanter {
  /** Resolves to the size of the picture. @throws StudioError of the photo and its faces, `photo-unsuitable` where it shows no clothes, `cancelled` */
  plant(request: PlantRequest, context: CallContext): Promise<Size>
}
