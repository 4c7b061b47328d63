import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { differenceInterval, wilsonInterval } from './proportion.ts'

/** Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I, method 3. */
describe('the interval of a proportion', () => {
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718]
  ])('%d of %d is that of the paper', (hits, n, low, high) => {
    const interval = wilsonInterval({ n, hits })
    expect(interval.low).toBeCloseTo(low, 4)
    expect(interval.high).toBeCloseTo(high, 4)
  })

  it('holds the proportion, lies between 0 and 1, and knows nothing without trials', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), (a, b) => {
        const [hits, n] = [Math.min(a, b), Math.max(a, b, 1)]
        const { low, high } = wilsonInterval({ n, hits })
        expect(low).toBeGreaterThanOrEqual(0)
        expect(low).toBeLessThanOrEqual(hits / n)
        expect(high).toBeGreaterThanOrEqual(hits / n)
        expect(high).toBeLessThanOrEqual(1)
      })
    )
    expect(wilsonInterval({ n: 0, hits: 0 })).toEqual({ low: 0, high: 1 })
  })
})

/** Newcombe, "Interval estimation for the difference between independent proportions", table II, method 10. */
describe('the interval of a difference', () => {
  it.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [10, 10, 0, 10, 0.6075, 1]
  ])('%d of %d less %d of %d is that of the paper', (a, m, b, n, low, high) => {
    const interval = differenceInterval({ n: m, hits: a }, { n, hits: b })
    expect(interval.low).toBeCloseTo(low, 4)
    expect(interval.high).toBeCloseTo(high, 4)
  })
})
