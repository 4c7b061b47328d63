import type { FrameRequest } from '../../domain/engine.ts'
import { StudioError, toStudioError } from '../../domain/errors.ts'
import type { Box, Size } from '../../domain/geometry.ts'
import type { CallContext } from '../../domain/progress.ts'
import { decodePhoto } from '../pixels/decode.ts'
import { encodeStrips } from '../pixels/encode.ts'
import type { Raster } from '../pixels/raster.ts'
import { crop, resize, resizeRows } from '../pixels/resample.ts'
import { isFrugal } from '../runtime/frugality.ts'

/** Rows enlarged at a time. */
const STRIP_ROWS = { usual: 256, frugal: 64 }
/** Strips come in quick succession; one takes long only on a machine that swaps. */
const WITHIN_MS = 60_000

/**
 * A picture that a generator made, at exactly the size an order asks for: what is too much of one side is cut off evenly,
 * the rest resampled. Generators only make sizes of their own, e.g. multiples of 16 px. A picture of more than 8 bits per
 * channel is written with 16, unless no more than 8 are wanted.
 *
 * @throws StudioError `engine-output-invalid` where it is no picture, `disk-full`, `output-unwritable`, `cancelled`
 */
export async function framePicture(request: FrameRequest, { signal, onProgress }: CallContext): Promise<Size> {
  try {
    const { path, size, outputPath, mostBits = 16 } = request
    const { raster, bitsPerChannel: given } = await decodePhoto(path, { signal }).catch((thrown: unknown) => {
      throw asOutput(toStudioError(thrown))
    })
    const shown = crop(raster, middlePart(raster, size))
    const bitsPerChannel = mostBits === 16 && given > 8 ? 16 : 8
    const options = { format: 'png', bitsPerChannel, profile: 'srgb', signal } as const
    await encodeStrips(outputPath, size, options, strips(shown, size, onProgress))
    return size
  } catch (thrown) {
    throw toStudioError(thrown)
  }
}

function asOutput(error: StudioError): StudioError {
  if (error.code === 'cancelled') return error
  return new StudioError('engine-output-invalid', `The engine made no picture: ${error.message}`, { cause: error })
}

/** The largest part in the middle that has the proportions of `size`, whole pixels. */
function middlePart({ width, height }: Size, size: Size): Box {
  const scale = Math.min(width / size.width, height / size.height)
  const part = {
    width: Math.max(1, Math.round(size.width * scale)),
    height: Math.max(1, Math.round(size.height * scale))
  }
  return { x: Math.floor((width - part.width) / 2), y: Math.floor((height - part.height) / 2), ...part }
}

async function* strips(shown: Raster, size: Size, onProgress: CallContext['onProgress']): AsyncGenerator<Raster> {
  // Smaller all at once: each row of it needs many of the picture's.
  const source = shown.width > size.width ? resize(shown, size.width, size.height) : shown
  const height = isFrugal() ? STRIP_ROWS.frugal : STRIP_ROWS.usual
  for (let top = 0; top < size.height; top += height) {
    onProgress({ activity: 'Framing', done: top, total: size.height, withinMs: WITHIN_MS })
    yield resizeRows(source, size, top, Math.min(height, size.height - top), 'cubic')
  }
}
