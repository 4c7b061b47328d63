import type { Size } from '../../domain/geometry.ts'
import type { RetouchSettings } from '../../domain/retouch-settings.ts'
import type { FaceMesh } from '../faces/face.ts'
import { CHIN, FACE_OVAL, FOREHEAD } from '../faces/mesh-indices.ts'
import { gaussianBlur } from '../pixels/blur.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { mapSize, meshOnMap } from './map-size.ts'
import { fillPolygon } from './polygon.ts'

/** Share of light the head keeps from neck and collar at a setting of 1, and where, in heights of the face. */
const NECK = { most: 0.3, drop: 0.3, blur: 0.13 }
/** Share of light lost at the lower edge of the frame, and how far below the chin it begins, in heights of the face. */
const LOWER_EDGE = { most: 0.3, begin: 0.35 }

/**
 * What ties a person to a place where no light of ours can fall: the head's soft shadow on neck and collar, and less
 * light towards the lower edge, as a body has that stands in a room. A factor on linear light, 1 channel, 0..1, smooth,
 * 256 pixels on the longer edge; 1 on the face.
 *
 * @param mesh in pixels of the frame
 */
export function personShadow(
  frame: Size,
  mesh: FaceMesh,
  settings: Pick<RetouchSettings, 'light.contactShadow'>
): Raster {
  const { width, height } = mapSize(frame)
  const { points } = meshOnMap(mesh, frame, { width, height })
  const chin = points[CHIN]?.y ?? height
  const face = Math.max(2, chin - (points[FOREHEAD]?.y ?? 0))
  const oval = FACE_OVAL.flatMap((index) => points[index] ?? [])
  const head = gaussianBlur(fillPolygon(oval, width, height), 0.04 * face)
  const dropped = oval.map(({ x, y }) => ({ x, y: y + NECK.drop * face }))
  const cast = gaussianBlur(fillPolygon(dropped, width, height), NECK.blur * face)
  const strength = settings['light.contactShadow']
  const shadow = createRaster(width, height, 1)
  const begin = Math.min(chin + LOWER_EDGE.begin * face, height - 1)
  for (let y = 0, at = 0; y < height; y++) {
    const down = Math.min(1, Math.max(0, (y + 0.5 - begin) / (height - begin)))
    const edge = LOWER_EDGE.most * down * down * (3 - 2 * down)
    for (let x = 0; x < width; x++, at++) {
      const neck = NECK.most * (cast.data[at] ?? 0) * (1 - (head.data[at] ?? 0))
      shadow.data[at] = (1 - strength * neck) * (1 - strength * edge)
    }
  }
  return shadow
}
