import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TinyOptions } from '../../../../scripts/models/tiny-flux/tiny-graphs.ts'
import { writeTinyFlux } from '../../../../scripts/models/tiny-flux/write-tiny-flux.ts'
import { type FluxFamilyId, fluxFamilyIdSchema } from '../../../domain/flux-family.ts'
import type { PaintRequest } from '../../../domain/flux-painting.ts'
import type { Progress } from '../../../domain/progress.ts'
import { decodePhoto } from '../../pixels/decode.ts'
import { encodePicture } from '../../pixels/encode.ts'
import { createRaster, type Raster } from '../../pixels/raster.ts'
import { inspectFlux, paint } from './paint.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apex-paint-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function model(family: FluxFamilyId, options: Partial<TinyOptions> = {}): Promise<string> {
  const path = join(folder, `${family}-${options.io ?? 'float32'}-${options.flaw ?? 'sound'}`)
  await writeTinyFlux(path, family, { io: 'float32', ...options })
  return path
}

/** Smooth waves of colour: what the tiny autoencoder keeps. */
async function photo(width: number, height: number): Promise<string> {
  const raster = createRaster(width, height, 3)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = 3 * (y * width + x)
      raster.data[at] = 0.4 + 0.3 * Math.sin(x / 20)
      raster.data[at + 1] = 0.4 + 0.3 * Math.sin(y / 25)
      raster.data[at + 2] = 0.4 + 0.3 * Math.sin((x + y) / 30)
    }
  }
  const path = join(folder, `photo-${width}-${height}.png`)
  await encodePicture(raster, path, { format: 'png', bitsPerChannel: 8, profile: 'srgb' })
  return path
}

let made = 0
async function painted(request: Partial<PaintRequest> & { model: string }, signal = new AbortController().signal) {
  const outputFolder = join(folder, `made-${++made}`)
  await mkdir(outputFolder)
  const progress: Progress[] = []
  const outputPath = join(outputFolder, 'picture.png')
  const size = { width: 160, height: 192 }
  const whole = { prompt: 'a portrait', seed: 7, size, references: [], outputPath, ...request }
  const result = await paint(whole, { signal, onProgress: (told) => progress.push(told) })
  const { raster, original, bitsPerChannel } = await decodePhoto(outputPath)
  expect(original).toEqual(result.size)
  expect(bitsPerChannel).toBe(16)
  return { ...result, raster, progress }
}

function difference(a: Raster, b: Raster): number {
  return a.data.reduce((sum, value, at) => sum + Math.abs(value - (b.data[at] ?? 0)), 0) / a.data.length
}

describe('paint', () => {
  it.each(fluxFamilyIdSchema.options)(
    '%s paints the same picture of the same seed, and another of another',
    async (family) => {
      const folderOfModel = await model(family)
      expect(await inspectFlux({ model: folderOfModel })).toMatchObject({ family })
      const request = { model: folderOfModel, steps: 2, references: [await photo(200, 130)] }
      const one = await painted(request)
      expect(one.size).toEqual({ width: 160, height: 192 })
      expect((await painted(request)).raster.data).toEqual(one.raster.data)
      expect(
        difference((await painted({ ...request, prompt: 'another portrait' })).raster, one.raster)
      ).toBeGreaterThan(1e-4)
      const { progress } = one
      expect(progress.map(({ done }) => done)).toEqual([...progress.map(({ done }) => done)].sort((a, b) => a - b))
      expect(progress.at(-1)?.total).toBe(5)
    }
  )

  it.each(['flux2-klein', 'flux1-dev'] as const)('%s gives nearly the same in floats of 16 bits', async (family) => {
    const request = { steps: 2, references: [await photo(160, 192)] }
    const whole = await painted({ ...request, model: await model(family) })
    const halves = await painted({ ...request, model: await model(family, { io: 'float16' }) })
    expect(difference(whole.raster, halves.raster)).toBeLessThan(0.005)
  })

  it.each(['flux2-klein', 'flux1-kontext'] as const)('%s paints what the reference shows', async (family) => {
    // A square of the size Kontext prefers, so that both look at the same pixels as they paint.
    const edge = family === 'flux1-kontext' ? 1024 : 256
    const path = await photo(edge, edge)
    const size = { width: edge, height: edge }
    const { raster, progress } = await painted({ model: await model(family), references: [path], size, steps: 2 })
    const { raster: reference } = await decodePhoto(path)
    expect(difference(raster, reference)).toBeLessThan(0.12)
    const last = progress.flatMap(({ preview }) => preview ?? []).at(-1) ?? ''
    const preview = await decodePhoto(last)
    expect(preview.raster.width).toBe(384)
    const mean = ({ data }: Raster) => data.reduce((sum, value) => sum + value, 0) / data.length
    expect(mean(preview.raster)).toBeCloseTo(mean(raster), 1)
  })

  it('takes up to four references, and says which were left out', async () => {
    const photos = [await photo(200, 130), await photo(64, 300), await photo(160, 192), await photo(96, 96)]
    const klein = await painted({ model: await model('flux2-klein'), references: photos, steps: 1 })
    expect(klein.notes).toEqual([])
    const kontext = await painted({ model: await model('flux1-kontext'), references: photos, steps: 1 })
    expect(kontext.notes).toEqual(['FLUX.1 Kontext looks at 1 of the 4 photos.'])
  })

  it('stays the nearer to the photo it starts from the weaker the change is', async () => {
    const path = await photo(160, 192)
    const { raster: photograph } = await decodePhoto(path)
    const request = { model: await model('flux1-schnell'), steps: 10 }
    const changed = async (strength: number) => {
      const { raster } = await painted({ ...request, start: { path, strength } })
      return difference(raster, photograph)
    }
    const [little, more, all] = [await changed(0.1), await changed(0.6), await changed(1)]
    expect(little).toBeLessThan(more)
    expect(more).toBeLessThan(all)
    await expect(changed(0)).rejects.toMatchObject({ code: 'parameters-invalid' })
  })

  it.each([
    ['nan', /no numbers/],
    ['flat', /flat/]
  ] as const)('never passes a %s picture on', async (flaw, words) => {
    await expect(painted({ model: await model('flux2-klein', { flaw }), steps: 2 })).rejects.toMatchObject({
      code: 'engine-output-invalid',
      message: expect.stringMatching(words)
    })
  })

  it('makes the same picture in tiles, and says so, where memory is short', async () => {
    const request = { model: await model('flux2-klein'), size: { width: 1024, height: 768 }, steps: 1 }
    const whole = await painted(request)
    const tiled = await painted({ ...request, memoryBytes: 600 * 1024 ** 2 })
    const most = whole.raster.data.reduce(
      (worst, value, at) => Math.max(worst, Math.abs(value - (tiled.raster.data[at] ?? 0))),
      0
    )
    expect(most).toBeLessThan(1 / 255)
    await expect(painted({ ...request, memoryBytes: 1024 ** 2 })).rejects.toMatchObject({
      code: 'engine-out-of-memory'
    })
  })

  it('paints in parts, then smaller, when memory runs out', async () => {
    const path = await model('flux2-klein', { flaw: 'memory' })
    const request = { model: path, steps: 1, references: [await photo(160, 192)] }
    const inTiles = await painted({ ...request, size: { width: 1024, height: 768 } })
    expect([inTiles.size, inTiles.notes]).toEqual([{ width: 1024, height: 768 }, [expect.stringContaining('in parts')]])
  })

  it('stops between steps', async () => {
    const cancel = new AbortController()
    const request = { model: await model('flux1-dev'), steps: 28 }
    const outputPath = join(folder, 'cancelled.png')
    const size = { width: 160, height: 192 }
    let steps = 0
    const work = paint(
      { ...request, prompt: '', seed: 1, size, references: [], outputPath },
      {
        signal: cancel.signal,
        onProgress: ({ activity }) => {
          if (activity === 'Painting' && ++steps === 4) cancel.abort()
        }
      }
    )
    await expect(work).rejects.toMatchObject({ code: 'cancelled' })
    expect(steps).toBe(4)
  })
})
