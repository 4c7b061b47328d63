/** A count of something among `n` trials. */
export interface Count {
  readonly n: number
  readonly hits: number
}

/** Both ends inclusive. */
export interface Interval {
  readonly low: number
  readonly high: number
}

/** 97.5 % point of the standard normal distribution: two-sided intervals of 95 %. */
const Z = 1.959963984540054

/**
 * 95 % score interval of a proportion, right also for few trials and for none or all of them; everything without trials.
 * Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927) 209–212.
 */
export function wilsonInterval({ n, hits }: Count): Interval {
  if (n === 0) return { low: 0, high: 1 }
  const share = hits / n
  const z2 = Z * Z
  const centre = (share + z2 / (2 * n)) / (1 + z2 / n)
  const half = (Z * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n))) / (1 + z2 / n)
  return { low: hits === 0 ? 0 : centre - half, high: hits === n ? 1 : centre + half }
}

/**
 * 95 % interval of the difference of two independent proportions, first less second.
 * Source: R. G. Newcombe, "Interval estimation for the difference between independent proportions", Statistics in
 * Medicine 17 (1998) 873–890, method 10.
 */
export function differenceInterval(first: Count, second: Count): Interval {
  if (first.n === 0 || second.n === 0) return { low: -1, high: 1 }
  const [a, b] = [first.hits / first.n, second.hits / second.n]
  const [ofA, ofB] = [wilsonInterval(first), wilsonInterval(second)]
  return {
    low: a - b - Math.hypot(a - ofA.low, ofB.high - b),
    high: a - b + Math.hypot(ofA.high - a, b - ofB.low)
  }
}
