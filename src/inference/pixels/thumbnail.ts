import type { Size } from '../../domain/geometry.ts'
import { identifyFile } from './file-kind.ts'
import { readHeader, rejectAsDamaged } from './photo-header.ts'
import { sharp } from './sharp.ts'
import { writeWholeFile } from './write-file.ts'

/**
 * Writes a small JPEG of a photo, upright, in sRGB, at most `edge` pixels long, never enlarged. For lists and grids: it is
 * made by the decoder's own shrinking, without working colour. Resolves to its size.
 *
 * @throws StudioError as `decodePhoto`, and `disk-full`, `output-unwritable`
 */
export async function thumbnail(path: string, edge: number, outPath: string): Promise<Size> {
  await identifyFile(path)
  await readHeader(path)
  const { data, info } = await sharp(path, { limitInputPixels: false, failOn: 'none', autoOrient: true })
    .resize({ width: edge, height: edge, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#777777' })
    .jpeg({ quality: 82 })
    .toBuffer({ resolveWithObject: true })
    .catch(rejectAsDamaged)
  await writeWholeFile(outPath, data)
  return { width: info.width, height: info.height }
}
