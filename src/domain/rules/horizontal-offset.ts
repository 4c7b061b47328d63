import type { Criterion, Region } from '../criterion.ts'
import type { Point } from '../geometry.ts'

function pointsOf(region: Region): readonly Point[] {
  switch (region.shape) {
    case 'box': {
      const { x, y, width, height } = region.box
      return [
        { x, y },
        { x: x + width, y: y + height }
      ]
    }
    case 'line':
      return [region.from, region.to]
    case 'points':
      return region.points
  }
}

/**
 * How far right of the middle something lies, as a fraction of the width; negative when left of it. The ledger's value
 * is a distance without a side, so the side is read from what the criterion draws on the picture.
 */
export function horizontalOffset(criterion: Criterion, width: number): number | undefined {
  const box = criterion.regions.find((region) => region.shape === 'box') ?? criterion.regions[0]
  if (!box) return undefined
  const points = pointsOf(box)
  const middle = points.reduce((sum, point) => sum + point.x, 0) / Math.max(1, points.length)
  return points.length === 0 ? undefined : middle / width - 0.5
}
