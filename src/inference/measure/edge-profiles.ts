import type { Point } from '../../domain/geometry.ts'
import { PARSING_SIDE } from '../people/parsing.ts'
import { labD65 } from '../pixels/colour.ts'
import type { Raster } from '../pixels/raster.ts'
import type { ClassMap } from './class-map.ts'

/** Lightness along a line across the person's edge. */
export interface EdgeProfile {
  /** Where the parsing has the edge, px of the picture. */
  readonly at: Point
  /** Unit vector from the person to the background. */
  readonly outward: Point
  /** L* at −REACH..REACH steps of one thousandth of the picture's long edge; positive steps are background. */
  readonly lightness: Float32Array
}

/** Steps on either side of the edge. */
export const REACH = 30
/** Edge points further apart than this many cells of the map, so that neighbours do not say the same twice. */
const SPACING = 2
/** The outward direction is the slope of the background's probability over this many cells. */
const SLOPE = 4

/** Profiles all along the outline of the person, wherever they fit into the picture. */
export function edgeProfiles(raster: Raster, classes: ClassMap): EdgeProfile[] {
  const profiles: EdgeProfile[] = []
  const step = Math.max(raster.width, raster.height) / 1000
  for (let row = SLOPE; row < PARSING_SIDE - SLOPE; row += SPACING) {
    for (let column = SLOPE; column < PARSING_SIDE - SLOPE; column += SPACING) {
      const edge = edgeNear(classes, column, row)
      if (!edge) continue
      const profile = profileAt(raster, edge.at, edge.outward, step)
      if (profile) profiles.push(profile)
    }
  }
  return profiles
}

function edgeNear(classes: ClassMap, column: number, row: number): { at: Point; outward: Point } | null {
  const { background, region } = classes
  const p = (x: number, y: number) => background[y * PARSING_SIDE + x] ?? 0
  const here = p(column, row)
  // A cell with the edge inside: one neighbour on the other side of one half.
  const crosses = [p(column + 1, row), p(column, row + 1), p(column - 1, row), p(column, row - 1)].some(
    (other) => other < 0.5 !== here < 0.5
  )
  if (!crosses) return null
  const slopeX = (p(column + SLOPE, row) - p(column - SLOPE, row)) / region.width
  const slopeY = (p(column, row + SLOPE) - p(column, row - SLOPE)) / region.height
  const length = Math.hypot(slopeX, slopeY)
  if (length === 0) return null
  return {
    at: {
      x: region.x + ((column + 0.5) / PARSING_SIDE) * region.width,
      y: region.y + ((row + 0.5) / PARSING_SIDE) * region.height
    },
    outward: { x: slopeX / length, y: slopeY / length }
  }
}

/** Sideways samples averaged, in steps: grain, not the shape of the edge. */
const SIDEWAYS = [-2, -1, 0, 1, 2] as const

function profileAt(raster: Raster, at: Point, outward: Point, step: number): EdgeProfile | null {
  const reach = REACH * step
  const inside = (x: number, y: number) => x >= 0 && y >= 0 && x < raster.width && y < raster.height
  if (!inside(at.x + outward.x * reach, at.y + outward.y * reach)) return null
  if (!inside(at.x - outward.x * reach, at.y - outward.y * reach)) return null
  const lightness = new Float32Array(2 * REACH + 1)
  for (let i = -REACH; i <= REACH; i++) {
    let sum = 0
    let count = 0
    for (const side of SIDEWAYS) {
      const x = Math.floor(at.x + (outward.x * i - outward.y * side) * step)
      const y = Math.floor(at.y + (outward.y * i + outward.x * side) * step)
      if (!inside(x, y)) continue
      const from = (y * raster.width + x) * 3
      sum += labD65(raster.data[from] ?? 0, raster.data[from + 1] ?? 0, raster.data[from + 2] ?? 0).L
      count++
    }
    lightness[i + REACH] = count > 0 ? sum / count : 0
  }
  return { at, outward, lightness }
}
