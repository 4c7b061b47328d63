import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeInTiles, type Planes } from './tiled-decode.ts'

const SCALE = 2

/** Each pixel is the latent under it, in every plane; `flaw` is added along the border of each part, as real decoders do. */
function decoder(flaw: number) {
  return async ({ data, width, height }: Planes) => {
    const [across, down] = [width * SCALE, height * SCALE]
    const picture = new Float32Array(3 * across * down)
    for (let at = 0; at < picture.length; at++) {
      const [x, y] = [at % across, Math.floor(at / across) % down]
      const isBorder = x === 0 || y === 0 || x === across - 1 || y === down - 1
      picture[at] = (data[(y >> 1) * width + (x >> 1)] ?? 0) + (isBorder ? flaw : 0)
    }
    return picture
  }
}

const latents = (width: number, height: number): Planes => ({
  data: Float32Array.from({ length: width * height }, (_, at) => Math.sin(at / 7)),
  channels: 1,
  width,
  height
})

describe('decodeInTiles', () => {
  it('gives what the whole gives, whatever the size', async () => {
    const side = fc.integer({ min: 1, max: 90 })
    await fc.assert(
      fc.asyncProperty(side, side, async (width, height) => {
        const whole = latents(width, height)
        const tiled = await decodeInTiles(whole, { tile: 32, overlap: 8, scale: SCALE }, decoder(0), () => {})
        const expected = await decoder(0)(whole)
        expect(tiled).toHaveLength(expected.length)
        for (const [at, value] of expected.entries()) {
          if (Math.abs((tiled[at] ?? 0) - value) > 1e-5) throw new Error(`${at}: ${tiled[at]}, not ${value}`)
        }
      }),
      { numRuns: 40 }
    )
  })

  it('hides what a decoder does at the borders of tiles', async () => {
    const whole = latents(80, 40)
    const tiled = await decodeInTiles(whole, { tile: 32, overlap: 8, scale: SCALE }, decoder(0.1), () => {})
    const clean = await decoder(0)(whole)
    const [across, down] = [80 * SCALE, 40 * SCALE]
    for (const [at, value] of clean.entries()) {
      const [x, y] = [at % across, Math.floor(at / across) % down]
      const isOutside = x === 0 || y === 0 || x === across - 1 || y === down - 1
      if (!isOutside && Math.abs((tiled[at] ?? 0) - value) > 0.1 / 16) throw new Error(`A seam at ${x}, ${y}.`)
    }
  })

  it('counts its tiles', async () => {
    const told: number[][] = []
    await decodeInTiles(latents(56, 30), { tile: 32, overlap: 8, scale: SCALE }, decoder(0), (...of) => told.push(of))
    expect(told).toEqual([
      [0, 2],
      [1, 2]
    ])
  })
})
