/**
 * Uniform numbers in 0..1 (1 excluded) that follow from a seed: Mulberry32
 * (https://gist.github.com/tommyettinger/46a874533244883189143505d203312c), enough for choosing views and shuffling tables.
 */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
