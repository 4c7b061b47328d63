import type { Point, Size } from '../../domain/geometry.ts'

/** Sets every pixel whose centre lies inside the polygon (even-odd rule) to `value`. */
export function fillPolygon(mask: Uint8Array, size: Size, points: readonly Point[], value: 0 | 1): void {
  for (let row = 0; row < size.height; row++) {
    const crossings = crossingsAt(points, row + 0.5)
    for (let pair = 0; pair + 1 < crossings.length; pair += 2) {
      const from = Math.max(0, Math.ceil((crossings[pair] ?? 0) - 0.5))
      const to = Math.min(size.width, Math.ceil((crossings[pair + 1] ?? 0) - 0.5))
      if (to > from) mask.fill(value, row * size.width + from, row * size.width + to)
    }
  }
}

function crossingsAt(points: readonly Point[], y: number): number[] {
  const crossings: number[] = []
  let previous = points[points.length - 1]
  for (const point of points) {
    if (previous && previous.y < y !== point.y < y) {
      crossings.push(previous.x + ((y - previous.y) * (point.x - previous.x)) / (point.y - previous.y))
    }
    previous = point
  }
  return crossings.sort((a, b) => a - b)
}
