import { readFile } from 'node:fs/promises'
import { imageSize } from 'image-size'
import type { Size } from '../../../domain/geometry.ts'
import type { PictureWatcher } from './picture-maker.ts'

export interface PartialPicture {
  readonly jpeg: Buffer
  readonly size: Size
}

/**
 * Of the previews of a picture that forms, as many as a client wants to see, spread over the work.
 *
 * @param tell is given small pictures, in their order
 */
export function partialPictures(
  wanted: number,
  tell: (partial: PartialPicture, index: number) => void
): PictureWatcher {
  let taken = 0
  let index = 0
  let last = Promise.resolve()
  const tellNext = async (before: Promise<void>, reading: Promise<PartialPicture | null>) => {
    await before
    const partial = await reading
    if (partial) tell(partial, index++)
  }
  return {
    onProgress({ preview, done, total }) {
      if (preview === undefined || taken >= wanted || done / total < taken / (wanted + 1)) return
      taken++
      // A preview that cannot be read is one less: the picture itself is what was asked for.
      last = tellNext(
        last,
        partialPicture(preview).catch(() => null)
      )
    },
    told: () => last
  }
}

async function partialPicture(path: string): Promise<PartialPicture> {
  const jpeg = await readFile(path)
  return { jpeg, size: imageSize(jpeg) }
}
