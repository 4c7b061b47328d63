import type { Box } from '../../domain/geometry.ts'

function intersectionArea(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return Math.max(0, width) * Math.max(0, height)
}

/** Intersection over union, 0..1. */
export function intersectionOverUnion(a: Box, b: Box): number {
  const intersection = intersectionArea(a, b)
  const union = a.width * a.height + b.width * b.height - intersection
  return union > 0 ? intersection / union : 0
}

/** A box nearly inside another overlaps it little by IoU; this share of the smaller one counts as the same face too. */
const CONTAINED = 0.7

function sameFace(a: Box, b: Box, overlap: number): boolean {
  const smaller = Math.min(a.width * a.height, b.width * b.height)
  return intersectionOverUnion(a, b) > overlap || intersectionArea(a, b) > CONTAINED * smaller
}

/** Keeps the surest of every group of boxes that overlap by more than `overlap` (IoU, 0..1) or lie inside each other. */
export function suppressOverlaps<T extends { readonly box: Box; readonly confidence: number }>(
  candidates: readonly T[],
  overlap: number
): T[] {
  const kept: T[] = []
  for (const candidate of [...candidates].sort((a, b) => b.confidence - a.confidence)) {
    if (!kept.some((each) => sameFace(each.box, candidate.box, overlap))) kept.push(candidate)
  }
  return kept
}
