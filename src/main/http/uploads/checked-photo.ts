import { imageSize } from 'image-size'
import { StudioError } from '../../../domain/errors.ts'
import { LEAST_PHOTO_EDGE, MOST_PHOTO_PIXELS, PHOTO_KINDS, RAW_MAGICS } from '../../../domain/photo-kinds.ts'
import { say } from '../../../domain/sentences/say.ts'

/** Enough for the metadata that cameras write before a picture's size; what tells its size later is left to the engine. */
const HEAD_BYTES = 256 * 1024

/**
 * Passes a photo on once its beginning shows that it is one, and of how many pixels: what is no photo, and what would
 * take gigabytes when it is decoded, is refused before any of it is stored.
 * @throws StudioError `file-empty`, `file-unsupported`, `image-too-large`, `image-too-small`
 */
export async function* checkedPhoto(chunks: AsyncIterable<Uint8Array>, name: string): AsyncIterable<Uint8Array> {
  const held: Uint8Array[] = []
  let bytes = 0
  let isChecked = false
  for await (const chunk of chunks) {
    if (isChecked) {
      yield chunk
      continue
    }
    held.push(chunk)
    bytes += chunk.length
    if (bytes < HEAD_BYTES) continue
    await checkHead(Buffer.concat(held), name)
    isChecked = true
    yield* held.splice(0)
  }
  if (isChecked) return
  if (bytes === 0) throw new StudioError('file-empty', say('error-named-file-empty', { file: name }))
  await checkHead(Buffer.concat(held), name)
  yield* held
}

async function checkHead(head: Uint8Array, name: string): Promise<void> {
  const { fileTypeFromBuffer } = await import('file-type')
  const type = await fileTypeFromBuffer(head)
  const magic = Buffer.from(head.subarray(0, 4)).toString('latin1')
  if (!(type && PHOTO_KINDS[type.ext]) && !RAW_MAGICS[magic]) {
    throw new StudioError('file-unsupported', say('error-named-no-photo', { file: name }))
  }
  const size = sizeOf(head)
  if (size === null) return
  const { width, height } = size
  if (width * height > MOST_PHOTO_PIXELS) {
    throw new StudioError('image-too-large', `"${name}" has ${width} × ${height} pixels.`)
  }
  if (Math.min(width, height) < LEAST_PHOTO_EDGE) {
    throw new StudioError('image-too-small', `"${name}" has ${width} × ${height} pixels.`)
  }
}

/** Of the largest picture in the file; null where its beginning does not tell. */
function sizeOf(head: Uint8Array): { readonly width: number; readonly height: number } | null {
  try {
    const { images, ...first } = imageSize(head)
    const all = [first, ...(images ?? [])].filter(({ width, height }) => width > 0 && height > 0)
    return all.reduce((largest, each) => (each.width * each.height > largest.width * largest.height ? each : largest))
  } catch {
    return null
  }
}
