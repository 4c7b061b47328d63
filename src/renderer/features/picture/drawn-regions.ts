import type { Criterion, Region } from '../../../domain/criterion.ts'
import type { Box, Point, Size } from '../../../domain/geometry.ts'

/** What a criterion draws: what was measured, and the limits it was measured against, in pixels of the picture. */
export interface Drawing {
  readonly regions: readonly Region[]
  /** Where the measured line may lie. */
  readonly bands: readonly Box[]
}

const lineOf = (criterion: Criterion, label: string) =>
  criterion.regions.find((region) => region.shape === 'line' && region.label === label)

export function drawingOf(criterion: Criterion, size: Size): Drawing {
  return { regions: criterion.regions, bands: bandsOf(criterion, size) }
}

function bandsOf(criterion: Criterion, { width, height }: Size): Box[] {
  const { min, max } = criterion.band
  switch (criterion.id) {
    case 'eye-line': {
      const [top, bottom] = [(min ?? 0) / 100, (max ?? 100) / 100]
      return [{ x: 0, y: top * height, width, height: (bottom - top) * height }]
    }
    case 'head-height': {
      // The crown may lie so far above the chin.
      const chin = lineOf(criterion, 'chin')
      if (chin?.shape !== 'line') return []
      const highest = chin.from.y - ((max ?? 100) / 100) * height
      const lowest = chin.from.y - ((min ?? 0) / 100) * height
      return [{ x: 0, y: highest, width, height: lowest - highest }]
    }
    case 'head-centre': {
      const [left, right] = [(min ?? -50) / 100, (max ?? 50) / 100]
      return [{ x: (0.5 + left) * width, y: 0, width: (right - left) * width, height }]
    }
    default:
      return []
  }
}

const ofPoints = (points: readonly Point[]): Box | null => {
  if (points.length === 0) return null
  const xs = points.map((point) => point.x)
  const ys = points.map((point) => point.y)
  const [x, y] = [Math.min(...xs), Math.min(...ys)]
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y }
}

/** The smallest box around everything a criterion points at; null where it points at nothing. */
export function boxAround(regions: readonly Region[]): Box | null {
  return ofPoints(regions.flatMap(cornersOf))
}

function cornersOf(region: Region): readonly Point[] {
  switch (region.shape) {
    case 'box':
      return [
        { x: region.box.x, y: region.box.y },
        { x: region.box.x + region.box.width, y: region.box.y + region.box.height }
      ]
    case 'line':
      return [region.from, region.to]
    case 'points':
      return region.points
  }
}
