import { z } from 'zod'
import type { Size } from '../geometry.ts'
import type { CallContext } from '../progress.ts'

/** What can be done to a sound portrait so that everybody would say it is not. */
export const plantedFlawSchema = z.enum(['out-of-focus', 'twisted-face', 'other-clothes'])
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
