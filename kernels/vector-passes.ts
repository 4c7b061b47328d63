// AssemblyScript: the inner loops of blurs and resampling, four values at a time. Built by `npm run kernels`, called by
// src/inference/pixels/vector-passes.ts alone, which owns the memory. All addresses are bytes, all pictures 32-bit floats.

/** Extended box along rows `from` to before `to`, kept in a ring, and down the columns as far as these rows reach.
 * @param done rows of the picture that were written before
 * @returns rows written to `output` now
 */
export function boxBand(
  input: usize,
  from: i32,
  to: i32,
  output: usize,
  ring: usize,
  ringRows: i32,
  sums: usize,
  width: i32,
  height: i32,
  channels: i32,
  radius: i32,
  edge: f64,
  done: i32
): i32 {
  const span = width * channels
  const bytes = (<usize>span) << 2
  const norm: f64 = 1.0 / (2.0 * radius + 1.0 + 2.0 * edge)
  for (let y = from; y < to; y += 4) {
    const s = input + <usize>(y - from) * bytes
    const last = to - 1 - y
    boxFourRows(
      s,
      s + <usize>min(1, last) * bytes,
      s + <usize>min(2, last) * bytes,
      s + <usize>min(3, last) * bytes,
      ring + <usize>(y % ringRows) * bytes,
      ring + <usize>((y + min(1, last)) % ringRows) * bytes,
      ring + <usize>((y + min(2, last)) % ringRows) * bytes,
      ring + <usize>((y + min(3, last)) % ringRows) * bytes,
      width,
      channels,
      radius,
      edge,
      norm
    )
  }
  let y = done
  for (; y < height && (to === height || y + radius + 1 < to); y++) {
    if (y === 0) {
      memory.fill(sums, 0, bytes << 1)
      for (let row = -radius; row <= radius; row++) addRow(sums, held(ring, row, height, ringRows, bytes), span)
    }
    boxColumns(
      output + <usize>(y - done) * bytes,
      sums,
      held(ring, y - radius - 1, height, ringRows, bytes),
      held(ring, y - radius, height, ringRows, bytes),
      held(ring, y + radius + 1, height, ringRows, bytes),
      span,
      edge,
      norm
    )
  }
  return y - done
}

function held(ring: usize, y: i32, height: i32, ringRows: i32, bytes: usize): usize {
  return ring + <usize>(min(max(y, 0), height - 1) % ringRows) * bytes
}

function pair(one: usize, other: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load_lane<f32>(other, v128.load_zero<f32>(one), 1))
}

// Four rows at once: along a row every sum waits for the one before.
function boxFourRows(
  s0: usize,
  s1: usize,
  s2: usize,
  s3: usize,
  t0: usize,
  t1: usize,
  t2: usize,
  t3: usize,
  width: i32,
  channels: i32,
  radius: i32,
  edge: f64,
  norm: f64
): void {
  const last = width - 1
  const step = (<usize>channels) << 2
  const edges = f64x2.splat(edge)
  const norms = f64x2.splat(norm)
  for (let channel = 0; channel < channels; channel++) {
    const at = (<usize>channel) << 2
    let a = f64x2.splat(0)
    let b = f64x2.splat(0)
    for (let x = -radius; x <= radius; x++) {
      const o = at + <usize>min(max(x, 0), last) * step
      a = f64x2.add(a, pair(s0 + o, s1 + o))
      b = f64x2.add(b, pair(s2 + o, s3 + o))
    }
    let beforeA = pair(s0 + at, s1 + at)
    let beforeB = pair(s2 + at, s3 + at)
    for (let x = 0, o = at; x <= last; x++, o += step) {
      const n = at + <usize>min(x + radius + 1, last) * step
      const l = at + <usize>max(x - radius, 0) * step
      const nextA = pair(s0 + n, s1 + n)
      const nextB = pair(s2 + n, s3 + n)
      const meanA = f64x2.mul(f64x2.add(a, f64x2.mul(edges, f64x2.add(beforeA, nextA))), norms)
      const meanB = f64x2.mul(f64x2.add(b, f64x2.mul(edges, f64x2.add(beforeB, nextB))), norms)
      const outA = f32x4.demote_f64x2_zero(meanA)
      const outB = f32x4.demote_f64x2_zero(meanB)
      v128.store_lane<f32>(t0 + o, outA, 0)
      v128.store_lane<f32>(t1 + o, outA, 1)
      v128.store_lane<f32>(t2 + o, outB, 0)
      v128.store_lane<f32>(t3 + o, outB, 1)
      beforeA = pair(s0 + l, s1 + l)
      beforeB = pair(s2 + l, s3 + l)
      a = f64x2.sub(f64x2.add(a, nextA), beforeA)
      b = f64x2.sub(f64x2.add(b, nextB), beforeB)
    }
  }
}

function addRow(sums: usize, row: usize, span: i32): void {
  for (let at = 0; at < span; at++) {
    const to = sums + ((<usize>at) << 3)
    store<f64>(to, load<f64>(to) + <f64>load<f32>(row + ((<usize>at) << 2)))
  }
}

function boxColumns(
  target: usize,
  sums: usize,
  before: usize,
  leaving: usize,
  after: usize,
  span: i32,
  edge: f64,
  norm: f64
): void {
  const edges = f64x2.splat(edge)
  const norms = f64x2.splat(norm)
  let at = 0
  for (; at <= span - 2; at += 2) {
    const o = (<usize>at) << 2
    const to = sums + ((<usize>at) << 3)
    const sum = v128.load(to)
    const next = f64x2.promote_low_f32x4(v128.load_zero<f64>(after + o))
    const first = f64x2.promote_low_f32x4(v128.load_zero<f64>(before + o))
    const gone = f64x2.promote_low_f32x4(v128.load_zero<f64>(leaving + o))
    const mean = f64x2.mul(f64x2.add(sum, f64x2.mul(edges, f64x2.add(first, next))), norms)
    v128.store_lane<f64>(target + o, f32x4.demote_f64x2_zero(mean), 0)
    v128.store(to, f64x2.sub(f64x2.add(sum, next), gone))
  }
  for (; at < span; at++) {
    const o = (<usize>at) << 2
    const to = sums + ((<usize>at) << 3)
    const sum = load<f64>(to)
    const next = <f64>load<f32>(after + o)
    store<f32>(target + o, <f32>((sum + edge * (<f64>load<f32>(before + o) + next)) * norm))
    store<f64>(to, sum + next - <f64>load<f32>(leaving + o))
  }
}

/** A symmetric kernel of 2·reach + 1 taps down the columns and along the rows; as `boxBand`.
 * @param taps from the middle outwards
 * @param rows room for 2·reach addresses
 * @param line room for a row and its margins
 */
export function convolveBand(
  input: usize,
  from: i32,
  to: i32,
  output: usize,
  ring: usize,
  ringRows: i32,
  taps: usize,
  rows: usize,
  line: usize,
  width: i32,
  height: i32,
  channels: i32,
  reach: i32,
  done: i32
): i32 {
  const span = width * channels
  const bytes = (<usize>span) << 2
  const margin = reach * channels
  const middle = line + ((<usize>margin) << 2)
  for (let y = from; y < to; y++) {
    memory.copy(ring + <usize>(y % ringRows) * bytes, input + <usize>(y - from) * bytes, bytes)
  }
  let y = done
  for (; y < height && (to === height || y + reach < to); y++) {
    for (let step = 1; step <= reach; step++) {
      const at = rows + ((<usize>(step - 1)) << 3)
      store<u32>(at, <u32>held(ring, y - step, height, ringRows, bytes))
      store<u32>(at, <u32>held(ring, y + step, height, ringRows, bytes), 4)
    }
    convolveColumns(middle, held(ring, y, height, ringRows, bytes), rows, taps, reach, span)
    for (let at = 1; at <= margin; at++) {
      const near = <usize>((at - 1) % channels)
      store<f32>(line + ((<usize>(margin - at)) << 2), load<f32>(middle + (<usize>(channels - 1) - near) * 4))
      store<f32>(middle + ((<usize>(span + at - 1)) << 2), load<f32>(middle + (<usize>(span - channels) + near) * 4))
    }
    convolveRow(output + <usize>(y - done) * bytes, middle, taps, reach, span, (<usize>channels) << 2)
  }
  return y - done
}

function convolveColumns(target: usize, own: usize, rows: usize, taps: usize, reach: i32, span: i32): void {
  let at = 0
  for (; at <= span - 8; at += 8) {
    const o = (<usize>at) << 2
    const first = v128.load32_splat(taps)
    let a = f32x4.mul(v128.load(own + o), first)
    let b = f32x4.mul(v128.load(own + o, 16), first)
    for (let step = 1; step <= reach; step++) {
      const tap = v128.load32_splat(taps + ((<usize>step) << 2))
      const above = <usize>load<u32>(rows + ((<usize>(step - 1)) << 3)) + o
      const below = <usize>load<u32>(rows + ((<usize>(step - 1)) << 3), 4) + o
      a = f32x4.add(a, f32x4.mul(f32x4.add(v128.load(above), v128.load(below)), tap))
      b = f32x4.add(b, f32x4.mul(f32x4.add(v128.load(above, 16), v128.load(below, 16)), tap))
    }
    v128.store(target + o, a)
    v128.store(target + o, b, 16)
  }
  for (; at < span; at++) {
    const o = (<usize>at) << 2
    let a: f32 = load<f32>(own + o) * load<f32>(taps)
    for (let step = 1; step <= reach; step++) {
      const above = <usize>load<u32>(rows + ((<usize>(step - 1)) << 3)) + o
      const below = <usize>load<u32>(rows + ((<usize>(step - 1)) << 3), 4) + o
      a += (load<f32>(above) + load<f32>(below)) * load<f32>(taps + ((<usize>step) << 2))
    }
    store<f32>(target + o, a)
  }
}

function convolveRow(target: usize, middle: usize, taps: usize, reach: i32, span: i32, pixel: usize): void {
  let at = 0
  for (; at <= span - 8; at += 8) {
    const o = (<usize>at) << 2
    const from = middle + o
    const first = v128.load32_splat(taps)
    let a = f32x4.mul(v128.load(from), first)
    let b = f32x4.mul(v128.load(from, 16), first)
    for (let step = 1; step <= reach; step++) {
      const tap = v128.load32_splat(taps + ((<usize>step) << 2))
      const left = from - <usize>step * pixel
      const right = from + <usize>step * pixel
      a = f32x4.add(a, f32x4.mul(f32x4.add(v128.load(left), v128.load(right)), tap))
      b = f32x4.add(b, f32x4.mul(f32x4.add(v128.load(left, 16), v128.load(right, 16)), tap))
    }
    v128.store(target + o, a)
    v128.store(target + o, b, 16)
  }
  for (; at < span; at++) {
    const from = middle + ((<usize>at) << 2)
    let a: f32 = load<f32>(from) * load<f32>(taps)
    for (let step = 1; step <= reach; step++) {
      const beside = <usize>step * pixel
      a += (load<f32>(from - beside) + load<f32>(from + beside)) * load<f32>(taps + ((<usize>step) << 2))
    }
    store<f32>(target + ((<usize>at) << 2), a)
  }
}

/** Resamples one row. Both rows of 3 channels have room for one float more.
 * @param first of every output pixel, the source pixel of its first tap
 */
export function resampleRow(
  target: usize,
  source: usize,
  channels: i32,
  count: i32,
  taps: i32,
  first: usize,
  weights: usize
): void {
  const each = (<usize>taps) << 2
  if (channels === 3) {
    for (let x = 0, w = weights; x < count; x++, w += each) {
      let from = source + <usize>load<i32>(first + ((<usize>x) << 2)) * 12
      let sum = f32x4.mul(v128.load(from), v128.load32_splat(w))
      for (let tap = w + 4; tap < w + each; tap += 4) {
        from += 12
        sum = f32x4.add(sum, f32x4.mul(v128.load(from), v128.load32_splat(tap)))
      }
      v128.store(target + <usize>x * 12, sum)
    }
    return
  }
  for (let x = 0, w = weights; x < count; x++, w += each) {
    let from = source + ((<usize>load<i32>(first + ((<usize>x) << 2))) << 2)
    let sum: f32 = load<f32>(from) * load<f32>(w)
    for (let tap = w + 4; tap < w + each; tap += 4) {
      from += 4
      sum += load<f32>(from) * load<f32>(tap)
    }
    store<f32>(target + ((<usize>x) << 2), sum)
  }
}

/** The sum of rows, each by its weight, in their order: taps of no weight change nothing.
 * @param row the first of them, in a ring in which row n lies at n modulo `taps`
 */
export function mixRows(
  target: usize,
  ring: usize,
  stride: usize,
  row: i32,
  taps: i32,
  weights: usize,
  span: i32
): void {
  let at = 0
  for (; at <= span - 16; at += 16) {
    const o = (<usize>at) << 2
    let a = f32x4.splat(0)
    let b = f32x4.splat(0)
    let c = f32x4.splat(0)
    let d = f32x4.splat(0)
    let slot = row % taps
    for (let tap = 0; tap < taps; tap++) {
      const from = ring + <usize>slot * stride + o
      const weight = v128.load32_splat(weights + ((<usize>tap) << 2))
      a = f32x4.add(a, f32x4.mul(v128.load(from), weight))
      b = f32x4.add(b, f32x4.mul(v128.load(from, 16), weight))
      c = f32x4.add(c, f32x4.mul(v128.load(from, 32), weight))
      d = f32x4.add(d, f32x4.mul(v128.load(from, 48), weight))
      if (++slot === taps) slot = 0
    }
    v128.store(target + o, a)
    v128.store(target + o, b, 16)
    v128.store(target + o, c, 32)
    v128.store(target + o, d, 48)
  }
  for (; at < span; at++) {
    const o = (<usize>at) << 2
    let sum: f32 = 0
    let slot = row % taps
    for (let tap = 0; tap < taps; tap++) {
      sum += load<f32>(ring + <usize>slot * stride + o) * load<f32>(weights + ((<usize>tap) << 2))
      if (++slot === taps) slot = 0
    }
    store<f32>(target + o, sum)
  }
}
