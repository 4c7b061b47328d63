import type { Point } from '../../domain/geometry.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'

/** 1 where the middle of a pixel lies inside the polygon (even-odd), else 0. */
export function fillPolygon(corners: readonly Point[], width: number, height: number): Raster {
  const mask = createRaster(width, height, 1)
  addPolygon(mask, corners)
  return mask
}

/** Sets the mask to 1 where the middle of a pixel lies inside the polygon. */
export function addPolygon(mask: Raster, corners: readonly Point[]): void {
  const { width, height } = mask
  for (let row = 0; row < height; row++) {
    const crossings = crossingsOf(corners, row + 0.5)
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const first = Math.max(0, Math.ceil((crossings[i] ?? 0) - 0.5))
      const last = Math.min(width - 1, Math.ceil((crossings[i + 1] ?? 0) - 0.5) - 1)
      if (last >= first) mask.data.fill(1, row * width + first, row * width + last + 1)
    }
  }
}

/** Where the outline crosses a horizontal line, from the left. */
function crossingsOf(corners: readonly Point[], y: number): number[] {
  const crossings: number[] = []
  corners.forEach((from, at) => {
    const to = corners[(at + 1) % corners.length] ?? from
    if (from.y <= y === to.y <= y) return
    crossings.push(from.x + ((y - from.y) / (to.y - from.y)) * (to.x - from.x))
  })
  return crossings.sort((a, b) => a - b)
}
