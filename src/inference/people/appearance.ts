/** Bins along Oklab's L (0..1), a and b (±RANGE): fine enough to tell two blouses, coarse enough to be filled. */
const BINS = 16
const RANGE = 0.2
/** Samples that count as knowing nothing of a colour. */
const PRIOR = 4

/**
 * How much more a colour belongs to one group of places than to another: 1 only to the first, 0 only to the second,
 * 0.5 where both have it or neither. By smoothed histograms, as in Bai and Sapiro 2007, section 3.
 *
 * Only places of one kind are compared: black hair says nothing of a black coat.
 *
 * @param lab interleaved Oklab of every place
 * @param kinds of every place, whole numbers from 0
 * @param groups of every place: 1 the first group, −1 the second, 0 neither
 */
export function appearanceOf(lab: Float32Array, kinds: Uint8Array, groups: Int8Array): Float32Array {
  let most = 0
  for (const kind of kinds) most = Math.max(most, kind)
  const bins = new Uint32Array(kinds.length)
  for (let at = 0; at < bins.length; at++) bins[at] = (kinds[at] ?? 0) * BINS ** 3 + binOf(lab, at)
  const size = (most + 1) * BINS ** 3
  const first = smoothedHistogram(bins, size, groups, 1)
  const second = smoothedHistogram(bins, size, groups, -1)
  const likeness = new Float32Array(bins.length)
  for (let at = 0; at < bins.length; at++) {
    const bin = bins[at] ?? 0
    const own = (first[bin] ?? 0) + PRIOR
    const other = (second[bin] ?? 0) + PRIOR
    likeness[at] = own / (own + other)
  }
  return likeness
}

const step = (value: number) => Math.min(BINS - 1, Math.max(0, Math.floor(value * BINS)))

function binOf(lab: Float32Array, at: number): number {
  const lightness = step(lab[3 * at] ?? 0)
  const red = step(((lab[3 * at + 1] ?? 0) + RANGE) / (2 * RANGE))
  const yellow = step(((lab[3 * at + 2] ?? 0) + RANGE) / (2 * RANGE))
  return (lightness * BINS + red) * BINS + yellow
}

/** Samples the larger group is scaled to, so that the size of a body does not decide. */
const SAMPLES = 4000

function smoothedHistogram(bins: Uint32Array, size: number, groups: Int8Array, group: number): Float32Array {
  const counts = new Float32Array(size)
  let total = 0
  for (let at = 0; at < bins.length; at++) {
    if (groups[at] !== group) continue
    counts[bins[at] ?? 0] = (counts[bins[at] ?? 0] ?? 0) + 1
    total++
  }
  const scale = SAMPLES / Math.max(1, total)
  for (let bin = 0; bin < size; bin++) counts[bin] = (counts[bin] ?? 0) * scale
  return [1, BINS, BINS * BINS].reduce(smoothAlong, counts)
}

/** Each bin with half of its neighbours along one axis. */
function smoothAlong(counts: Float32Array, stride: number): Float32Array {
  const smooth = new Float32Array(counts.length)
  for (let bin = 0; bin < counts.length; bin++) {
    const place = Math.floor(bin / stride) % BINS
    const below = place > 0 ? (counts[bin - stride] ?? 0) : 0
    const above = place < BINS - 1 ? (counts[bin + stride] ?? 0) : 0
    smooth[bin] = ((counts[bin] ?? 0) + (below + above) / 2) / 2
  }
  return smooth
}
