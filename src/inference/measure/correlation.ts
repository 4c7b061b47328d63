/** Standard deviation, L* a* b* together, below which a backdrop is too even to be recognised by its pattern. */
const LEAST_SPREAD = 3

/**
 * Correlation of L*, a* and b* together over some cells, −1..1; null where either is too even.
 * @param a interleaved L*, a*, b* of every cell, as is `b`
 */
export function correlation(a: Float32Array, b: Float32Array, cells: readonly number[]): number | null {
  let [product, squareA, squareB] = [0, 0, 0]
  for (let channel = 0; channel < 3; channel++) {
    const [meanA, meanB] = [mean(a, cells, channel), mean(b, cells, channel)]
    for (const cell of cells) {
      const x = (a[cell * 3 + channel] ?? 0) - meanA
      const y = (b[cell * 3 + channel] ?? 0) - meanB
      product += x * y
      squareA += x * x
      squareB += y * y
    }
  }
  const least = LEAST_SPREAD ** 2 * cells.length
  return squareA < least || squareB < least ? null : product / Math.sqrt(squareA * squareB)
}

function mean(lab: Float32Array, cells: readonly number[], channel: number): number {
  let sum = 0
  for (const cell of cells) sum += lab[cell * 3 + channel] ?? 0
  return sum / cells.length
}
