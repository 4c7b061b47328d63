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
  const bins = Uint32Array.from(kinds, (kind, at) => kind * BINS ** 3 + binOf(lab, at))
  const size = (most + 1) * BINS ** 3
  const first = smoothedHistogram(bins, size, groups, 1)
  const second = smoothedHistogram(bins, size, groups, -1)
  return Float32Array.from(bins, (bin) => {
    const [own, other] = [(first[bin] ?? 0) + PRIOR, (second[bin] ?? 0) + PRIOR]
    return own / (own + other)
  })
}

function binOf(lab: Float32Array, at: number): number {
  const step = (value: number) => Math.min(BINS - 1, Math.max(0, Math.floor(value * BINS)))
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
  return [1, BINS, BINS * BINS].reduce(
    smoothAlong,
    counts.map((count) => count * scale)
  )
}

/** Each bin with half of its neighbours along one axis. */
function smoothAlong(counts: Float32Array, stride: number): Float32Array {
  return counts.map((count, bin) => {
    const place = Math.floor(bin / stride) % BINS
    const below = place > 0 ? (counts[bin - stride] ?? 0) : 0
    const above = place < BINS - 1 ? (counts[bin + stride] ?? 0) : 0
    return (count + (below + above) / 2) / 2
  })
}
