/**
 * The standard normal quantiles of (word + ½) / 2³²: algorithm AS 241, PPND16, of Wichura (Applied Statistics 37, 1988),
 * which is right to 16 digits. Only +, −, ×, ÷ and √ are used, which IEEE 754 defines to the last bit.
 *
 * @param into as many as there are to be; rounded to its own precision
 */
export function normalQuantiles(words: Uint32Array, into: Float32Array | Float64Array): void {
  for (let at = 0; at < into.length; at++) {
    const word = words[at] ?? 0
    const q = (word + 0.5) / 2 ** 32 - 0.5
    if (q > 0.425 || q < -0.425) {
      into[at] = q < 0 ? -tail(word) : tail(~word >>> 0)
      continue
    }
    // In this loop rather than in functions of its own, which would be handed every number in a box.
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
  }
}

/** Without its sign, of a probability (word + ½) / 2³² below 0.075. */
function tail(word: number): number {
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
  const r = Math.sqrt(exponent * Math.LN2 - 2 * s * sum)
  return r <= 5 ? nearTail(r - 1.6) : farTail(r - 5)
}

/** 2⁻ⁿ, exactly. */
const POWERS = Float64Array.from({ length: 33 }, (_, n) => 2 ** -n)

function nearTail(r: number): number {
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
  return above / (below * r + 1)
}

function farTail(r: number): number {
  let above = 2.0103343992922881e-7
  above = above * r + 2.7115555687434876e-5
  above = above * r + 0.0012426609473880784
  above = above * r + 0.026532189526576124
  above = above * r + 0.29656057182850487
  above = above * r + 1.7848265399172913
  above = above * r + 5.463784911164114
  above = above * r + 6.657904643501103
  let below = 2.0442631033899397e-15
  below = below * r + 1.421511758316446e-7
  below = below * r + 1.8463183175100548e-5
  below = below * r + 0.0007868691311456133
  below = below * r + 0.014875361290850615
  below = below * r + 0.1369298809227358
  below = below * r + 0.599832206555888
  return above / (below * r + 1)
}
