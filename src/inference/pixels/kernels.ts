/**
 * area: exact mean over the covered source pixels; bilinear: triangle; cubic: Catmull-Rom (Keys 1981, a = −0.5);
 * lanczos3: windowed sinc. The last two overshoot at edges, so mattes want one of the first two.
 */
export type Kernel = 'area' | 'bilinear' | 'cubic' | 'lanczos3'

const RADIUS: Readonly<Record<Exclude<Kernel, 'area'>, number>> = { bilinear: 1, cubic: 2, lanczos3: 3 }

/** Value of a kernel at distance `t` source pixels, unnormalised. */
export function kernelValue(kernel: Exclude<Kernel, 'area'>, t: number): number {
  const x = Math.abs(t)
  switch (kernel) {
    case 'bilinear':
      return Math.max(0, 1 - x)
    case 'cubic':
      if (x < 1) return (1.5 * x - 2.5) * x * x + 1
      return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0
    case 'lanczos3': {
      if (x === 0) return 1
      const p = Math.PI * x
      return x < 3 ? (3 * Math.sin(p) * Math.sin(p / 3)) / (p * p) : 0
    }
  }
}

/** For every output position: the first source position and `taps` weights that sum to 1. Edges repeat. */
export interface Taps {
  readonly taps: number
  readonly first: Int32Array
  readonly weights: Float32Array
}

/**
 * Weights that resample `from` positions to `to` positions, of which `count` are wanted, from `start` on.
 * When making smaller the kernel widens with the ratio, so that nothing aliases.
 */
export function resamplingTaps(from: number, to: number, kernel: Kernel, start = 0, count = to): Taps {
  const ratio = from / to
  const scale = Math.max(1, ratio)
  const reach = kernel === 'area' ? ratio / 2 : RADIUS[kernel] * scale
  const taps = Math.min(from, Math.ceil(2 * reach) + 1)
  const first = new Int32Array(count)
  const weights = new Float32Array(count * taps)
  const line = new Float64Array(taps)
  for (let at = 0; at < count; at++) {
    const centre = (start + at + 0.5) * ratio
    const begin = Math.floor(centre - reach + 1e-9)
    const base = Math.min(Math.max(begin, 0), from - taps)
    first[at] = base
    line.fill(0)
    let sum = 0
    for (let source = begin; source < centre + reach; source++) {
      const weight =
        kernel === 'area'
          ? Math.min(source + 1, centre + reach) - Math.max(source, centre - reach)
          : kernelValue(kernel, (source + 0.5 - centre) / scale)
      const tap = Math.min(Math.max(source, 0), from - 1) - base
      line[tap] = (line[tap] ?? 0) + weight
      sum += weight
    }
    for (let tap = 0; tap < taps; tap++) weights[at * taps + tap] = (line[tap] ?? 0) / sum
  }
  return withoutZeros({ taps, first, weights }, from)
}

/** The source positions that taps read, from `begin` to before `end`: a later output may begin a position earlier. */
export function tapsSpan({ taps, first }: Taps): { begin: number; end: number } {
  const begin = first.reduce((least, position) => Math.min(least, position), Number.POSITIVE_INFINITY)
  return { begin, end: first.reduce((most, position) => Math.max(most, position), 0) + taps }
}

/** The same with as few taps as hold every weight that is not zero: halves and doubles need two. */
function withoutZeros({ taps, first, weights }: Taps, from: number): Taps {
  const count = first.length
  const skipped = new Int32Array(count)
  let needed = 1
  for (let at = 0; at < count; at++) {
    let begin = at * taps
    let end = begin + taps
    while (begin < end - 1 && weights[begin] === 0) begin++
    while (end > begin + 1 && weights[end - 1] === 0) end--
    skipped[at] = begin - at * taps
    needed = Math.max(needed, end - begin)
  }
  if (needed === taps) return { taps, first, weights }
  const fewer = new Float32Array(count * needed)
  for (let at = 0; at < count; at++) {
    const base = first[at] ?? 0
    const begin = Math.min(base + (skipped[at] ?? 0), from - needed)
    first[at] = begin
    for (let tap = 0; tap < needed; tap++) {
      const old = begin + tap - base
      fewer[at * needed + tap] = old >= 0 && old < taps ? (weights[at * taps + old] ?? 0) : 0
    }
  }
  return { taps: needed, first, weights: fewer }
}
