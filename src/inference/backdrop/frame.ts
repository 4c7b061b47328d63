import type { Size } from '../../domain/geometry.ts'

/** Diagonal of a 4:5 picture over its width. */
const DIAGONAL = Math.hypot(1, 5 / 4)

/**
 * Width in pixels of the 4:5 picture with the same diagonal: what angles of view, the defocus and patterns refer to,
 * so that a square, an upright and a wide crop show the same backdrop at the same scale.
 */
export const nominalWidth = ({ width, height }: Size): number => Math.hypot(width, height) / DIAGONAL
