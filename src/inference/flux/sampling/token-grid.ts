import { PIXELS_PER_TOKEN } from '../../../domain/flux-size.ts'
import type { Size } from '../../../domain/geometry.ts'

/** Tokens of a picture, across and down. */
export interface TokenGrid {
  readonly columns: number
  readonly rows: number
}

export function gridOf({ width, height }: Size): TokenGrid {
  return { columns: Math.floor(width / PIXELS_PER_TOKEN), rows: Math.floor(height / PIXELS_PER_TOKEN) }
}

export function tokenCount({ columns, rows }: TokenGrid): number {
  return columns * rows
}
