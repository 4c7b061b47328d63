import type { Size } from '../../domain/geometry.ts'

/** Pixels of a picture along one edge of a place of the grid. */
export const GRID_STEP = 2

/**
 * The grid on which everything lives that varies slowly over a picture: the lines of its matte, the colours the matte
 * mixes, masks of its parts. Half the picture's edge holds them at a quarter of the cost.
 */
export function fieldGrid({ width, height }: Size): Size {
  return { width: Math.max(1, Math.round(width / GRID_STEP)), height: Math.max(1, Math.round(height / GRID_STEP)) }
}
