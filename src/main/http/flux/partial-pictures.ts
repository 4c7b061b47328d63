import { readFile } from 'node:fs/promises'
import type { OnProgress } from '../../../domain/progress.ts'

export interface PartialPictures {
  readonly onProgress: OnProgress
  /** Once all there were have been told. */
  told(): Promise<void>
}

/**
 * Of the previews of a picture that forms, as many as a client wants to see, spread over the work.
 *
 * @param tell is given small JPEGs, in their order
 */
export function partialPictures(wanted: number, tell: (jpeg: Buffer, index: number) => void): PartialPictures {
  let taken = 0
  let index = 0
  let last = Promise.resolve()
  const tellNext = async (before: Promise<void>, reading: Promise<Buffer | null>) => {
    await before
    const jpeg = await reading
    if (jpeg) tell(jpeg, index++)
  }
  return {
    onProgress({ preview, done, total }) {
      if (preview === undefined || taken >= wanted || done / total < taken / (wanted + 1)) return
      taken++
      // A preview that cannot be read is one less: the picture itself is what was asked for.
      last = tellNext(
        last,
        readFile(preview).catch(() => null)
      )
    },
    told: () => last
  }
}
