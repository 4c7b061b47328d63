import type { Size } from '../../domain/geometry.ts'
import { decodePhoto } from './decode.ts'
import { encodePicture } from './encode.ts'

/**
 * Writes a small sRGB JPEG of a photo, upright, at most `edge` pixels long, never enlarged; resolves to its size. Fast,
 * since the decoder makes large photos smaller while it decodes them.
 *
 * @throws StudioError as `decodePhoto` and `encodePicture`
 */
export async function thumbnail(path: string, edge: number, outPath: string, signal?: AbortSignal): Promise<Size> {
  const cancel = signal ? { signal } : {}
  const { raster } = await decodePhoto(path, { maxLongEdge: edge, ...cancel })
  await encodePicture(raster, outPath, { format: 'jpeg', bitsPerChannel: 8, profile: 'srgb', quality: 82, ...cancel })
  return { width: raster.width, height: raster.height }
}
