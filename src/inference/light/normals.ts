import type { FaceMesh } from '../faces/face.ts'
import { CHIN, FACE_OVAL, FOREHEAD } from '../faces/mesh-indices.ts'
import { gaussianBlur } from '../pixels/blur.ts'
import { fillHoles } from '../pixels/pull-push.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { inflate } from './inflation.ts'
import { fillPolygon } from './polygon.ts'

/**
 * Unit normals of the person's surface in the camera's frame (x to the right of the picture, y up, z towards the
 * camera), 3 channels, known everywhere: beside the person they go on as at its edge.
 *
 * On the face they come from the depth of the landmarks, elsewhere from the silhouette, blown up like a balloon; the
 * two are blended at the face's edge.
 *
 * @param matte 1 channel, 0..1
 * @param mesh in pixels of the matte
 */
export function personNormals(matte: Raster, mesh: FaceMesh): { normals: Raster; face: Raster } {
  const { width, height } = matte
  const body = inflate(matte)
  const { face, size } = faceMask(mesh, width, height)
  const relief = faceRelief(mesh, width, height, size)
  const normals = createRaster(width, height, 3)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x
      const onFace = face.data[at] ?? 0
      const left = at - (x > 0 ? 1 : 0)
      const right = at + (x < width - 1 ? 1 : 0)
      const above = at - (y > 0 ? width : 0)
      const below = at + (y < height - 1 ? width : 0)
      // The relief is depth: it falls towards the camera, and rows grow downwards.
      const faceX = ((relief.data[right] ?? 0) - (relief.data[left] ?? 0)) / Math.max(1, right - left)
      const faceY = ((relief.data[above] ?? 0) - (relief.data[below] ?? 0)) / Math.max(1, (below - above) / width)
      const scale = 1 / Math.sqrt(faceX * faceX + faceY * faceY + 1)
      writeUnit(
        normals.data,
        3 * at,
        (body.data[3 * at] ?? 0) * (1 - onFace) + faceX * scale * onFace,
        (body.data[3 * at + 1] ?? 0) * (1 - onFace) + faceY * scale * onFace,
        (body.data[3 * at + 2] ?? 0) * (1 - onFace) + scale * onFace
      )
    }
  }
  return { normals, face }
}

/** A surface turned away further than this is not seen; at a soft edge the blend may think it is. */
const LEAST_Z = 0.2

function writeUnit(target: Float32Array, at: number, x: number, y: number, z: number): void {
  const facing = Math.max(LEAST_Z, z)
  const scale = 1 / Math.sqrt(x * x + y * y + facing * facing)
  target[at] = x * scale
  target[at + 1] = y * scale
  target[at + 2] = facing * scale
}

/** Softness of the face's edge and of its relief, in widths of the face: brow, cheeks and the ridge of
 * the nose stay; nostrils and lids, which light of nine harmonics cannot draw, go. */
const EDGE = 0.07
const RELIEF = 0.08

function faceMask(mesh: FaceMesh, width: number, height: number): { face: Raster; size: number } {
  const oval = FACE_OVAL.flatMap((index) => mesh.points[index] ?? [])
  const mask = fillPolygon(oval, width, height)
  const columns = oval.map(({ x }) => x)
  const size = Math.max(4, Math.max(...columns) - Math.min(...columns))
  const soft = gaussianBlur(mask, EDGE * size)
  // Only inside: where the mesh ends its relief is a guess.
  for (let at = 0; at < soft.data.length; at++) {
    soft.data[at] = (mask.data[at] ?? 0) * smoothstep(0.55, 0.98, soft.data[at] ?? 0)
  }
  return { face: gaussianBlur(soft, (EDGE / 3) * size), size }
}

function smoothstep(low: number, high: number, v: number): number {
  const t = Math.min(1, Math.max(0, (v - low) / (high - low)))
  return t * t * (3 - 2 * t)
}

/** Depth of the face on the grid, in pixels, from its landmarks; smooth between and beyond them. */
function faceRelief({ points }: FaceMesh, width: number, height: number, size: number): Raster {
  const lean = leanOf(points)
  const depth = createRaster(width, height, 1)
  const known = createRaster(width, height, 1)
  for (const { x, y, z } of points) {
    const column = Math.floor(x)
    const row = Math.floor(y)
    if (column < 0 || row < 0 || column >= width || row >= height) continue
    const at = row * width + column
    const count = known.data[at] ?? 0
    depth.data[at] = ((depth.data[at] ?? 0) * count + z - lean * y) / (count + 1)
    known.data[at] = count + 1
  }
  for (let at = 0; at < known.data.length; at++) known.data[at] = Math.min(1, known.data[at] ?? 0)
  return gaussianBlur(fillHoles(depth, known), RELIEF * size)
}

/**
 * Depth per pixel downwards from the forehead to the chin. The mesh leans forward by some ten degrees whatever the
 * head does, so its lean is taken out and the face stands upright.
 */
function leanOf(points: FaceMesh['points']): number {
  const [top, chin] = [points[FOREHEAD], points[CHIN]]
  if (!top || !chin || Math.abs(chin.y - top.y) < 1) return 0
  return (chin.z - top.z) / (chin.y - top.y)
}
