import type { Size } from '../../../domain/geometry.ts'

/** What a Flux server is asked to make, whatever protocol it speaks. */
export interface FluxOrder {
  readonly prompt: string
  readonly negativePrompt?: string | undefined
  /** JPEG files that it may be shown, the person's photo first; none asks for a picture from words alone. */
  readonly references: readonly string[]
  /** Pixels; a server may answer with another size. */
  readonly size: Size
  readonly seed: number
  /** Left out, the server's own. */
  readonly steps?: number | undefined
  readonly guidance?: number | undefined
}
