import { normalQuantiles, QUANTILES_AT_ONCE } from './normal-quantile.ts'

/**
 * Gaussian noise that follows from a seed, the same to the last bit on every machine: xoshiro128** 1.1 of Blackman and
 * Vigna (https://prng.di.unimi.it/xoshiro128starstar.c), its state filled by SplitMix64 as its authors advise, and the
 * normal quantile of (word + ½) / 2³², rounded to 32-bit floats. Nothing in it leaves IEEE 754's exact operations: it
 * takes no sine and no logarithm of the runtime's, which may differ in the last bit from one to the next.
 *
 * @param seed whole, 0 to 2⁵³ − 1
 */
export function gaussianNoise(seed: number, count: number): Float32Array {
  const noise = new Float32Array(count)
  const words = new Uint32Array(Math.min(count, QUANTILES_AT_ONCE))
  const state = Int32Array.from(stateOf(seed))
  for (let from = 0; from < count; from += QUANTILES_AT_ONCE) {
    const part = noise.subarray(from, from + QUANTILES_AT_ONCE)
    fillWords(words, part.length, state)
    normalQuantiles(words, part)
  }
  return noise
}

/** The next words of xoshiro128**; the state moves on. */
function fillWords(words: Uint32Array, count: number, state: Int32Array): void {
  let [a = 0, b = 0, c = 0, d = 0] = state
  for (let at = 0; at < count; at++) {
    const scrambled = Math.imul(b, 5)
    words[at] = Math.imul((scrambled << 7) | (scrambled >>> 25), 9)
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = (d << 11) | (d >>> 21)
  }
  state.set([a, b, c, d])
}

const MASK = (1n << 64n) - 1n

/** Two words of SplitMix64 (Steele, Lea, Flood 2014; https://prng.di.unimi.it/splitmix64.c), low halves first. */
function stateOf(seed: number): [number, number, number, number] {
  let state = BigInt(seed)
  const next = () => {
    state = (state + 0x9e3779b97f4a7c15n) & MASK
    let z = state
    z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK
    z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & MASK
    z ^= z >> 31n
    return [Number(z & 0xffffffffn) | 0, Number(z >> 32n) | 0] as const
  }
  return [...next(), ...next()]
}
