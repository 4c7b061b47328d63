/** 2⁻ⁿ, exactly. */
const POWERS = Float64Array.from({ length: 33 }, (_, n) => 2 ** -n)

/** Numbers made at a time, at most; what is set aside of them lies here. */
export const QUANTILES_AT_ONCE = 4096
const setAside = new Uint16Array(QUANTILES_AT_ONCE)

/**
 * The standard normal quantiles of (word + ½) / 2³²: algorithm AS 241, PPND16, of Wichura (Applied Statistics 37, 1988),
 * which is right to 16 digits. Only +, −, ×, ÷ and √ are used, which IEEE 754 defines to the last bit. Its outermost
 * branch, for probabilities below e⁻²⁵, is left out: ½ / 2³² is larger.
 *
 * All within each loop rather than in functions of their own, which would be handed every number in a box; and those in the
 * tails apart, since nobody can tell beforehand which these are, a processor least of all.
 *
 * @param into as many as there are to be, QUANTILES_AT_ONCE at most; rounded to its own precision
 */
export function normalQuantiles(words: Uint32Array, into: Float32Array | Float64Array): void {
  let tails = 0
  for (let at = 0; at < into.length; at++) {
    const q = ((words[at] ?? 0) + 0.5) * 2 ** -32 - 0.5
    const r = 0.180625 - q * q
    let above = 2509.0809287301227
    above = above * r + 33430.57558358813
    above = above * r + 67265.7709270087
    above = above * r + 45921.95393154987
    above = above * r + 13731.69376550946
    above = above * r + 1971.5909503065513
    above = above * r + 133.14166789178438
    above = above * r + 3.3871328727963665
    let below = 5226.495278852854
    below = below * r + 28729.085735721943
    below = below * r + 39307.89580009271
    below = below * r + 21213.794301586597
    below = below * r + 5394.196021424751
    below = below * r + 687.1870074920579
    below = below * r + 42.31333070160091
    into[at] = (q * above) / (below * r + 1)
    setAside[tails] = at
    tails += Math.abs(q) > 0.425 ? 1 : 0
  }
  for (let tail = 0; tail < tails; tail++) {
    const at = setAside[tail] ?? 0
    const given = words[at] ?? 0
    const isUpper = given > 0x7fffffff
    const word = isUpper ? ~given >>> 0 : given
    // −ln of the probability: powers of two taken out, then 2·artanh((m − 1)/(m + 1)) as a series.
    let exponent = Math.clz32(word)
    let mantissa = (word + 0.5) * (POWERS[32 - exponent] ?? 1)
    if (mantissa < Math.SQRT1_2) {
      mantissa *= 2
      exponent++
    }
    const s = (mantissa - 1) / (mantissa + 1)
    const z = s * s
    let sum = 1 / 21
    sum = sum * z + 1 / 19
    sum = sum * z + 1 / 17
    sum = sum * z + 1 / 15
    sum = sum * z + 1 / 13
    sum = sum * z + 1 / 11
    sum = sum * z + 1 / 9
    sum = sum * z + 1 / 7
    sum = sum * z + 1 / 5
    sum = sum * z + 1 / 3
    sum = sum * z + 1
    const r = Math.sqrt(exponent * Math.LN2 - 2 * s * sum) - 1.6
    let above = 0.0007745450142783414
    above = above * r + 0.022723844989269184
    above = above * r + 0.2417807251774506
    above = above * r + 1.2704582524523684
    above = above * r + 3.6478483247632045
    above = above * r + 5.769497221460691
    above = above * r + 4.630337846156546
    above = above * r + 1.4234371107496835
    let below = 1.0507500716444169e-9
    below = below * r + 0.0005475938084995345
    below = below * r + 0.015198666563616457
    below = below * r + 0.14810397642748008
    below = below * r + 0.6897673349851
    below = below * r + 1.6763848301838038
    below = below * r + 2.053191626637759
    const quantile = above / (below * r + 1)
    into[at] = isUpper ? quantile : -quantile
  }
}
