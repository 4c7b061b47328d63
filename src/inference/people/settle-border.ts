import { squaredDifference, type Terrain } from './terrain.ts'

/** What neighbours of one colour weigh beside what a place shows itself, and the Oklab distance at which they no longer do. */
const AGREEMENT = 6
const EDGE = 0.045
/** Rounds forwards and backwards until nothing changes that shows. */
const ROUNDS = 8
/** Odds, natural logarithm, beyond which a place is no surer. */
const MOST = 6

/**
 * Moves the border between the person and everybody else onto the picture's edges: each place takes on the opinion of
 * the places around it that look alike. By random walks with priors (Grady, "Multilabel random walker image segmentation
 * using prior models", CVPR 2005), solved by Gauss–Seidel sweeps.
 *
 * @param odds natural logarithm of the odds that a place is the person's, of its own
 * @returns how far each place is the person's, 0..1
 */
export function settleBorder(odds: Float32Array, terrain: Pick<Terrain, 'width' | 'height' | 'lab'>): Float32Array {
  const { width, height, lab } = terrain
  // A row of nobody's places above and below: every place then has its four neighbours.
  const end = width + odds.length
  const across = new Float32Array(end + width)
  const down = new Float32Array(end + width)
  const prior = new Float32Array(end + width)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      if (x + 1 < width) across[width + at] = likeness(lab, at, at + 1)
      if (y + 1 < height) down[width + at] = likeness(lab, at, at + width)
      prior[width + at] = Math.max(-MOST, Math.min(MOST, odds[at] ?? 0))
    }
  }
  const settled = prior.slice()
  const listen = (at: number): void => {
    const right = across[at] ?? 0
    const left = across[at - 1] ?? 0
    const below = down[at] ?? 0
    const above = down[at - width] ?? 0
    const around =
      right * (settled[at + 1] ?? 0) +
      left * (settled[at - 1] ?? 0) +
      below * (settled[at + width] ?? 0) +
      above * (settled[at - width] ?? 0)
    settled[at] = ((prior[at] ?? 0) + AGREEMENT * around) / (1 + AGREEMENT * (right + left + below + above))
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (let at = width; at < end; at++) listen(at)
    for (let at = end - 1; at >= width; at--) listen(at)
  }
  return settled.subarray(width, end).map((each) => 1 / (1 + Math.exp(-STEEPNESS * each)))
}

/** Odds become shares by σ(3·odds): what is a little more likely somebody else's is not a little transparent. */
const STEEPNESS = 3

function likeness(lab: Float32Array, one: number, other: number): number {
  return Math.exp(-squaredDifference(lab, one, other) / (EDGE * EDGE))
}
