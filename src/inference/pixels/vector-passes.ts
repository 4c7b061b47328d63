import { type Taps, tapsSpan } from './kernels.ts'
import { VECTOR_PASSES } from './vector-passes-binary.ts'

/** Blurs and resampling in WebAssembly, four values at a time; see kernels/vector-passes.ts. */
const { exports: kernels } = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(VECTOR_PASSES, 'base64')))

function kernel(name: string): (args: readonly number[]) => number {
  const exported = kernels[name]
  if (typeof exported !== 'function') throw new TypeError(`There is no kernel ${name}.`)
  return (args) => Number(exported(...args))
}

const boxBand = kernel('boxBand')
const convolveBand = kernel('convolveBand')
const resampleRow = kernel('resampleRow')
const mixRows = kernel('mixRows')

const PAGE = 65_536
/** Below this the module may keep data of its own. */
const BASE = 1024
/** Rows go to and fro in bands of about this many bytes, which caches hold. */
const BAND_BYTES = 131_072

/** The kernels' memory, taken from the bottom up and given back at once: nothing in it outlives a call. */
class Workspace {
  readonly #memory: WebAssembly.Memory
  #floats: Float32Array
  #top = BASE

  constructor(memory: unknown) {
    if (!(memory instanceof WebAssembly.Memory)) throw new TypeError('The kernels have no memory.')
    this.#memory = memory
    this.#floats = new Float32Array(memory.buffer)
  }

  /** What is taken meanwhile, by `work` or by whatever it calls, is given back afterwards. */
  within<T>(work: () => T): T {
    const top = this.#top
    try {
      return work()
    } finally {
      this.#top = top
    }
  }

  /** Address of room for so many bytes. */
  take(bytes: number): number {
    const at = this.#top
    this.#top = at + 16 * Math.ceil(bytes / 16)
    const missing = this.#top - this.#memory.buffer.byteLength
    if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE))
    return at
  }

  /** All of it, in floats, as long as no more is taken. */
  get floats(): Float32Array {
    if (this.#floats.buffer !== this.#memory.buffer) this.#floats = new Float32Array(this.#memory.buffer)
    return this.#floats
  }

  put(values: Float32Array): number {
    const at = this.take(values.byteLength)
    this.floats.set(values, at / 4)
    return at
  }

  putIntegers(values: Int32Array): number {
    const at = this.take(values.byteLength)
    new Int32Array(this.#memory.buffer, at, values.length).set(values)
    return at
  }
}

const workspace = new Workspace(kernels.memory)

/** Rows `from` to before `to` lie at `input`; `done` were written. @returns how many were written to `output` now */
type Band = (input: number, from: number, to: number, output: number, ring: Ring, done: number) => number

interface Ring {
  readonly at: number
  readonly rows: number
}

/** Runs a pass of which each row sees `reach` rows above and below it. `target` may be `source`. */
function throughBands(source: Float32Array, target: Float32Array, span: number, reach: number, band: Band): void {
  const height = source.length / span
  const rows = Math.min(height, 4 * Math.max(1, Math.round(BAND_BYTES / (16 * span))))
  const input = workspace.take(4 * span * rows)
  const output = workspace.take(4 * span * Math.min(height, rows + reach))
  const ringRows = Math.min(height, rows + 2 * reach)
  const ring: Ring = { at: workspace.take(4 * span * ringRows), rows: ringRows }
  for (let from = 0, done = 0; from < height; from += rows) {
    const to = Math.min(height, from + rows)
    workspace.floats.set(source.subarray(from * span, to * span), input / 4)
    const made = band(input, from, to, output, ring, done)
    target.set(workspace.floats.subarray(output / 4, output / 4 + made * span), done * span)
    done += made
  }
}

/**
 * One extended box, both directions, in place, over any number of interleaved channels; edges repeat.
 * @param edge weight of the two pixels beyond the radius
 */
export function boxPass(
  data: Float32Array,
  width: number,
  height: number,
  channels: number,
  radius: number,
  edge = 0
): void {
  const span = width * channels
  workspace.within(() => {
    const sums = workspace.take(8 * span)
    throughBands(data, data, span, radius + 1, (input, from, to, output, ring, done) =>
      boxBand([input, from, to, output, ring.at, ring.rows, sums, width, height, channels, radius, edge, done])
    )
  })
}

/** @param taps of a symmetric kernel, from the middle outwards; edges repeat */
export function convolve(
  source: Float32Array,
  target: Float32Array,
  width: number,
  height: number,
  channels: number,
  taps: Float32Array
): void {
  const span = width * channels
  const reach = taps.length - 1
  workspace.within(() => {
    const weights = workspace.put(taps)
    const rows = workspace.take(8 * reach)
    const line = workspace.take(4 * (span + 2 * reach * channels))
    throughBands(source, target, span, reach, (input, from, to, output, { at, rows: ringRows }, done) =>
      convolveBand([input, from, to, output, at, ringRows, weights, rows, line, width, height, channels, reach, done])
    )
  })
}

/** A picture as resampling reads it: each row once, from the top. */
export interface SourceRows {
  readonly data: Float32Array
  /** Where in `data` row `y` begins; what was there may be overwritten. */
  begin(y: number): number
}

/** Both passes of resampling, with only the horizontally resampled rows in memory that the vertical kernel spans. */
export function resampleInto(target: Float32Array, source: SourceRows, channels: 1 | 3, across: Taps, down: Taps) {
  const width = across.first.length
  const span = width * channels
  workspace.within(() => {
    const { begin: left, end } = tapsSpan(across)
    const seen = channels * (end - left)
    const first = workspace.putIntegers(across.first.map((position) => position - left))
    const weights = workspace.put(across.weights)
    const mix = workspace.put(down.weights)
    // One float more: three values are read and written with a fourth.
    const line = workspace.take(4 * (seen + 1))
    const stride = 4 * (span + 1)
    const ring = workspace.take(stride * down.taps)
    const rows = Math.min(down.first.length, Math.max(1, Math.round(BAND_BYTES / (4 * span))))
    const output = workspace.take(4 * span * rows)
    const held = new Int32Array(down.taps).fill(-1)
    for (let y = 0, kept = 0; y < down.first.length; y++) {
      const top = down.first[y] ?? 0
      for (let row = top; row < top + down.taps; row++) {
        const slot = row % down.taps
        if (held[slot] === row) continue
        const begin = source.begin(row) + channels * left
        workspace.floats.set(source.data.subarray(begin, begin + seen), line / 4)
        resampleRow([ring + stride * slot, line, channels, width, across.taps, first, weights])
        held[slot] = row
      }
      mixRows([output + 4 * span * kept++, ring, stride, top, down.taps, mix + 4 * down.taps * y, span])
      if (kept < rows && y + 1 < down.first.length) continue
      target.set(workspace.floats.subarray(output / 4, output / 4 + kept * span), (y + 1 - kept) * span)
      kept = 0
    }
  })
}
