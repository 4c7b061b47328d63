import type { PreviewRequest } from '../../domain/engine.ts'
import type { Size } from '../../domain/geometry.ts'
import type { CallContext } from '../../domain/progress.ts'
import { encodePicture } from '../pixels/encode.ts'
import { resize } from '../pixels/resample.ts'
import { thumbnail } from '../pixels/thumbnail.ts'
import { readScene } from './backdrop-file.ts'
import { backdropGain } from './exposure.ts'
import { developFilm, MIDDLE_GREY } from './film-curve.ts'

/**
 * Writes a small sRGB JPEG of a photo, or of a panorama developed as it would be behind a person; resolves to its size.
 *
 * @throws StudioError as `decodePhoto` and `openBackdropFile`
 */
export async function previewPicture(request: PreviewRequest, { signal }: CallContext): Promise<Size> {
  const { path, longEdge, outputPath } = request
  const scene = await readScene(path)
  if (scene === null) return await thumbnail(path, longEdge, outputPath, signal)
  const scale = Math.min(1, longEdge / Math.max(scene.width, scene.height))
  const size = { width: Math.round(scene.width * scale), height: Math.round(scene.height * scale) }
  const small = resize(scene, Math.max(1, size.width), Math.max(1, size.height), 'area')
  developFilm(small, backdropGain(small, MIDDLE_GREY, 0))
  await encodePicture(small, outputPath, { format: 'jpeg', bitsPerChannel: 8, profile: 'srgb', signal })
  return { width: small.width, height: small.height }
}
