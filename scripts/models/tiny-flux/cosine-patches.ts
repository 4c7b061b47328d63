import type { Constant } from '../onnx/constant.ts'
import { floats } from '../onnx/constant.ts'

/**
 * The slow cosine waves of a square patch, of each colour as many as there is room for: an autoencoder that is linear,
 * keeps what is coarser than a few pixels, and whose inverse is its transpose.
 *
 * @param channels of the latents; those that divide unevenly among the colours are left empty
 * @param edge of the patch, px
 * @param gain of the latents
 * @returns a Conv kernel [channels, 3, edge, edge]
 */
export function cosinePatches(channels: number, edge: number, gain: number): Constant {
  const kept = Math.floor(channels / 3)
  const waves = slowWaves(edge).slice(0, kept)
  const kernel = new Float32Array(channels * 3 * edge * edge)
  for (const [index, [u, v]] of waves.entries()) {
    for (let colour = 0; colour < 3; colour++) {
      const channel = 3 * index + colour
      for (let y = 0; y < edge; y++) {
        for (let x = 0; x < edge; x++) {
          kernel[((channel * 3 + colour) * edge + y) * edge + x] = gain * wave(u, x, edge) * wave(v, y, edge)
        }
      }
    }
  }
  return floats([channels, 3, edge, edge], kernel)
}

/** Orthonormal DCT-II. */
function wave(frequency: number, at: number, edge: number): number {
  const norm = Math.sqrt((frequency === 0 ? 1 : 2) / edge)
  return norm * Math.cos((Math.PI * (2 * at + 1) * frequency) / (2 * edge))
}

function slowWaves(edge: number): (readonly [number, number])[] {
  const all = Array.from({ length: edge * edge }, (_, at) => [at % edge, Math.floor(at / edge)] as const)
  return all.sort(([a, b], [c, d]) => a * a + b * b - (c * c + d * d))
}
