import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SwatchRequest } from '../../domain/engine.ts'
import { parseParameters } from '../../domain/parameters/parameters.ts'
import { samplePath } from '../faces/sample-photos.fixture.ts'
import { decodePhoto } from '../pixels/decode.ts'
import { resize } from '../pixels/resample.ts'
import { retouchGenerate } from './engine.ts'
import { retouchSwatch } from './swatch.ts'

const REFERENCE = { path: samplePath(6), face: 1 }
const context = { signal: new AbortController().signal, onProgress: () => undefined }

describe('retouchSwatch', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'swatch-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const request = (changes: Partial<SwatchRequest> = {}): SwatchRequest => ({
    reference: REFERENCE,
    parameters: parseParameters({ purpose: 'resume', background: 'forest' }),
    settings: {},
    seed: 5,
    longEdge: 240,
    outputPath: join(folder, 'swatch.jpg'),
    ...changes
  })

  it('shows what the attempt of the same order will look like', async () => {
    const size = await retouchSwatch(request(), context)
    expect(size).toEqual({ width: 192, height: 240 })
    const { parameters, settings, seed } = request()
    const brief = { prompt: '', settings, repairs: [] }
    const attempt = await retouchGenerate(
      { references: [REFERENCE], parameters, brief, seed, longEdge: 1024, outputFolder: folder },
      context
    )
    const [small, large] = [await decodePhoto(request().outputPath), await decodePhoto(attempt.path)]
    expect(small).toMatchObject({ original: size, mediaType: 'image/jpeg' })
    const reduced = resize(large.raster, size.width, size.height, 'area').data
    const difference = small.raster.data.reduce((sum, value, at) => sum + Math.abs(value - (reduced[at] ?? 0)), 0)
    expect(difference / reduced.length).toBeLessThan(0.015)
  })

  it('differs with the place and with the light', async () => {
    const looks = [
      { background: 'grey', lighting: 'natural' },
      { background: 'forest', lighting: 'natural' },
      { background: 'grey', lighting: 'dramatic' }
    ]
    const files: string[] = []
    for (const [index, look] of looks.entries()) {
      const outputPath = join(folder, `look-${index}.jpg`)
      await retouchSwatch(request({ parameters: parseParameters(look), outputPath }), context)
      files.push((await readFile(outputPath)).toString('base64'))
    }
    expect(new Set(files).size).toBe(looks.length)
  })

  it('is the same file for the same request', async () => {
    await retouchSwatch(request(), context)
    const first = await readFile(request().outputPath)
    await retouchSwatch(request(), context)
    expect((await readFile(request().outputPath)).equals(first)).toBe(true)
  })

  it('asks which person is meant', async () => {
    const reference = { ...REFERENCE, face: null }
    await expect(retouchSwatch(request({ reference }), context)).rejects.toMatchObject({ code: 'face-several' })
  })
})
