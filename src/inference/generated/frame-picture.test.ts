import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decodePhoto } from '../pixels/decode.ts'
import { encodePicture } from '../pixels/encode.ts'
import { createRaster } from '../pixels/raster.ts'
import { framePicture } from './frame-picture.ts'

const context = { signal: new AbortController().signal, onProgress: () => undefined }

describe('framePicture', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'frame-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  /** Brightness rises from 0 at the left to 1 at the right. */
  async function ramp(width: number, height: number, bitsPerChannel: 8 | 16 = 8): Promise<string> {
    const raster = createRaster(width, height, 3)
    for (let at = 0; at < raster.data.length; at++) raster.data[at] = ((Math.floor(at / 3) % width) + 0.5) / width
    const path = join(folder, `${width}-${height}.png`)
    await encodePicture(raster, path, { format: 'png', bitsPerChannel, profile: 'srgb' })
    return path
  }

  it('has exactly the size that is asked for, and the middle of the picture', async () => {
    const edge = fc.integer({ min: 64, max: 400 })
    await fc.assert(
      fc.asyncProperty(edge, edge, edge, edge, async (width, height, wantedWidth, wantedHeight) => {
        const size = { width: wantedWidth, height: wantedHeight }
        const outputPath = join(folder, 'framed.png')
        expect(await framePicture({ path: await ramp(width, height), size, outputPath }, context)).toEqual(size)
        const { original, raster } = await decodePhoto(outputPath)
        expect(original).toEqual(size)
        const middle = 3 * (Math.floor(wantedHeight / 2) * wantedWidth + Math.floor(wantedWidth / 2))
        expect(raster.data[middle]).toBeCloseTo(0.5, 1)
      }),
      { numRuns: 15 }
    )
  })

  it('keeps 16 bits where the picture has them, and no more than are wanted', async () => {
    const depth = async (bits: 8 | 16, more: { mostBits?: 8 } = {}) => {
      const outputPath = join(folder, `${bits}-framed.png`)
      const path = await ramp(300, 200, bits)
      await framePicture({ path, size: { width: 600, height: 400 }, outputPath, ...more }, context)
      const { raster, bitsPerChannel } = await decodePhoto(outputPath)
      return { bitsPerChannel, tones: new Set(raster.data.subarray(0, 3 * 600).filter((_, at) => at % 3 === 0)).size }
    }
    const deep = await depth(16)
    expect(deep.bitsPerChannel).toBe(16)
    // More tones in a row than 8 bits have.
    expect(deep.tones).toBeGreaterThan(500)
    expect(await depth(8)).toMatchObject({ bitsPerChannel: 8 })
    const wanted = await depth(16, { mostBits: 8 })
    expect(wanted.bitsPerChannel).toBe(8)
    expect(wanted.tones).toBeLessThanOrEqual(256)
  })

  it('takes what is no picture for the engine’s fault', async () => {
    const path = join(folder, 'text.png')
    await writeFile(path, 'an error page')
    const size = { width: 100, height: 100 }
    await expect(framePicture({ path, size, outputPath: join(folder, 'none.png') }, context)).rejects.toMatchObject({
      code: 'engine-output-invalid'
    })
  })
})
