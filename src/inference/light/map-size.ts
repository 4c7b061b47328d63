import type { Size } from '../../domain/geometry.ts'
import type { FaceMesh } from '../faces/face.ts'

/** Longer edge of the grid on which light is reckoned: light varies slowly over a person. */
const MAP_EDGE = 256

export function mapSize({ width, height }: Size): Size {
  const scale = Math.min(1, MAP_EDGE / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/** The mesh in pixels of the map. */
export function meshOnMap(mesh: FaceMesh, from: Size, map: Size): FaceMesh {
  const [across, down] = [map.width / from.width, map.height / from.height]
  return { ...mesh, points: mesh.points.map(({ x, y, z }) => ({ x: x * across, y: y * down, z: z * across })) }
}
