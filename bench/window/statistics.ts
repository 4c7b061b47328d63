/** The value below which `share` (0..1) of the values lie, by the nearest-rank method; NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}

/** Slope of the least-squares line through points whose x are 0, `step`, 2 `step`, …; per unit of x. */
export function slopeOf(values: readonly number[], step: number): number {
  const middle = ((values.length - 1) * step) / 2
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  let [up, across] = [0, 0]
  for (const [index, value] of values.entries()) {
    const x = index * step - middle
    up += x * (value - mean)
    across += x * x
  }
  return up / across
}
