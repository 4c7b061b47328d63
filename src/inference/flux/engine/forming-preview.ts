import type { SampleStep } from '../sampling/sampler.ts'
import type { PreviewProjection } from './preview-projection.ts'

/**
 * The picture as it forms, one RGB pixel for each token. A projection is linear: of the steps only the velocities are
 * projected, and what the tokens themselves project to follows from those before.
 */
export class FormingPreview {
  readonly #colours: readonly [Float32Array, Float32Array, Float32Array]
  readonly #channels: number
  /** Of the tokens as they are, without the constant; undefined before the first step. */
  #tokens: Float64Array | undefined

  constructor(projection: PreviewProjection) {
    const size = projection.length / 3
    const row = (c: number) => projection.subarray(c * size, (c + 1) * size)
    this.#colours = [row(0), row(1), row(2)]
    this.#channels = size - 1
  }

  /**
   * What the picture would become now, tokens − σ·velocity. Told of every step, in order.
   * @returns interleaved bytes
   */
  step({ tokens, velocity, sigma, nextSigma }: SampleStep): Uint8ClampedArray {
    const count = tokens.length / this.#channels
    const projected = this.#tokens ?? this.#project(tokens, count)
    this.#tokens = projected
    const speeds = this.#project(velocity, count)
    const pixels = new Uint8ClampedArray(3 * count)
    const constants = this.#colours.map((colour) => colour[this.#channels] ?? 0)
    const by = nextSigma - sigma
    for (let at = 0; at < pixels.length; at++) {
      const value = projected[at] ?? 0
      const speed = speeds[at] ?? 0
      pixels[at] = (value - sigma * speed + (constants[at % 3] ?? 0)) * 127.5 + 127.5
      projected[at] = value + by * speed
    }
    return pixels
  }

  /** Colours of the first `count` tokens, interleaved. */
  #project(values: Float32Array, count: number): Float64Array {
    const channels = this.#channels
    const [red, green, blue] = this.#colours
    const colours = new Float64Array(3 * count)
    // Two at a time: a processor adds to one sum while it waits for the other. Beyond an odd last one nothing is written.
    for (let token = 0, at = 0; token < count; token += 2, at += channels) {
      let r = 0
      let g = 0
      let b = 0
      let nextR = 0
      let nextG = 0
      let nextB = 0
      for (let c = 0; c < channels; c++, at++) {
        const value = values[at] ?? 0
        const next = values[at + channels] ?? 0
        const toRed = red[c] ?? 0
        const toGreen = green[c] ?? 0
        const toBlue = blue[c] ?? 0
        r += value * toRed
        g += value * toGreen
        b += value * toBlue
        nextR += next * toRed
        nextG += next * toGreen
        nextB += next * toBlue
      }
      const to = 3 * token
      colours[to] = r
      colours[to + 1] = g
      colours[to + 2] = b
      colours[to + 3] = nextR
      colours[to + 4] = nextG
      colours[to + 5] = nextB
    }
    return colours
  }
}
