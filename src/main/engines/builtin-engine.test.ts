import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseParameters } from '../../domain/parameters/parameters.ts'
import type { Progress } from '../../domain/progress.ts'
import { type BuiltInEngine, createBuiltInEngine } from './builtin-engine.ts'
import { forkNodeChild } from './node-fork.ts'

const STREET = resolve('node_modules/@vladmandic/face-api/demo/sample1.jpg')
const FOUR_PEOPLE = resolve('node_modules/@vladmandic/face-api/demo/sample4.jpg')

let engine: BuiltInEngine
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'builtin-engine-'))
  engine = createBuiltInEngine({
    engineEntry: fileURLToPath(new URL('../../inference/process.ts', import.meta.url)),
    execArgv: ['--import', 'tsx'],
    resources: resolve('resources'),
    fork: forkNodeChild
  })
})

afterAll(async () => {
  await engine.stop()
  await rm(folder, { recursive: true, force: true })
})

const calling = (seen: Progress[] = []) => ({
  signal: new AbortController().signal,
  onProgress: (progress: Progress) => seen.push(progress)
})

describe('the built-in engine, in its process', () => {
  it('describes both of its ports', async () => {
    expect(await engine.generator.describe()).toMatchObject({ engine: 'retouch', kind: 'photographic' })
    expect(await engine.examiner.describe()).toMatchObject({ kind: 'rules' })
  })

  it('finds the people in a photo, and says what it is doing', async () => {
    const seen: Progress[] = []
    const inspection = await engine.examiner.inspect(FOUR_PEOPLE, calling(seen))
    expect(inspection.faces).toHaveLength(4)
    expect(inspection.mediaType).toBe('image/jpeg')
    expect(seen.map((progress) => progress.activity)).toContain('Looking for faces')
  })

  it('tells what is wrong with a file in the codes of the studio', async () => {
    const path = join(folder, 'note.jpg')
    await writeFile(path, 'this is no photo')
    await expect(engine.examiner.inspect(path, calling())).rejects.toMatchObject({ code: 'file-unsupported' })
    await expect(engine.examiner.inspect(join(folder, 'gone.jpg'), calling())).rejects.toMatchObject({
      code: 'file-missing'
    })
  })

  it('makes a swatch of a person on a place', async () => {
    const order = { reference: { path: FOUR_PEOPLE, face: 1 }, parameters: parseParameters({ background: 'park' }) }
    const outputPath = join(folder, 'swatch.jpg')
    const size = await engine.swatches.swatch({ ...order, settings: {}, seed: 1, longEdge: 200, outputPath }, calling())
    expect(Math.max(size.width, size.height)).toBe(200)
    expect((await stat(outputPath)).size).toBeGreaterThan(2_000)
  })

  it('makes a preview of the size it says', async () => {
    const outputPath = join(folder, 'preview.jpg')
    const size = await engine.examiner.preview({ path: FOUR_PEOPLE, longEdge: 200, outputPath }, calling())
    expect(Math.max(size.width, size.height)).toBe(200)
    expect((await stat(outputPath)).size).toBeGreaterThan(1_000)
  })

  it('makes a portrait in front of a photograph, and recognises that one and no other', async () => {
    const parameters = parseParameters({ background: 'own_backdrop' })
    const references = [{ path: FOUR_PEOPLE, face: 3 }]
    const order = { references, parameters, backdropPath: STREET, brief: { prompt: '', settings: {}, repairs: [] } }
    const made = await engine.generator.generate({ ...order, seed: 1, longEdge: 512, outputFolder: folder }, calling())
    const matchOf = async (path: string, backdropPath: string) => {
      const generatorKind = 'photographic' as const
      const about = { expectedSize: made.size, generatorKind, sourceDetail: 1, limitations: [] }
      const ledger = await engine.examiner.measure({ ...about, references, parameters, path, backdropPath }, calling())
      return ledger.find((row) => row.id === 'background-match')
    }
    expect(await matchOf(made.path, STREET)).toMatchObject({ outcome: 'passed', unit: 'correlation' })
    expect(await matchOf(made.path, FOUR_PEOPLE)).toMatchObject({ outcome: 'failed' })
    expect(await matchOf(FOUR_PEOPLE, STREET)).toMatchObject({ outcome: 'failed' })
  })

  it('shows a panorama in a preview, and names a backdrop that cannot be used', async () => {
    const outputPath = join(folder, 'panorama.jpg')
    const request = { path: resolve('resources/places/park.hdr'), longEdge: 200, outputPath }
    expect(await engine.examiner.preview(request, calling())).toEqual({ width: 200, height: 100 })
    const backdropPath = join(folder, 'bad.exr')
    await writeFile(backdropPath, 'v/1\u0001 and then nothing')
    const order = {
      references: [{ path: FOUR_PEOPLE, face: 3 }],
      parameters: parseParameters({ background: 'own_backdrop' }),
      backdropPath,
      brief: { prompt: '', settings: {}, repairs: [] }
    }
    await expect(
      engine.generator.generate({ ...order, seed: 1, longEdge: 512, outputFolder: folder }, calling())
    ).rejects.toMatchObject({ code: 'image-damaged', message: expect.stringContaining('The backdrop cannot be used') })
  })

  it('makes a portrait on plain white, and measures it by the limits of its purpose', async () => {
    const parameters = parseParameters({ background: 'white' })
    const references = [{ path: FOUR_PEOPLE, face: 3 }]
    const brief = { prompt: '', settings: {}, repairs: [] }
    const order = { references, parameters, brief, seed: 1, longEdge: 512, outputFolder: folder }
    const made = await engine.generator.generate(order, calling())
    expect(made.size).toEqual({ width: 512, height: 512 })
    const ledger = await engine.examiner.measure(
      {
        references,
        parameters,
        path: made.path,
        expectedSize: made.size,
        generatorKind: 'photographic',
        sourceDetail: made.sourceDetail,
        limitations: made.limitations
      },
      calling()
    )
    const outcomes = new Map(ledger.map(({ id, outcome }) => [id, outcome]))
    for (const id of ['face-count', 'identity', 'background-match'] as const) expect(outcomes.get(id)).toBe('passed')
    expect(outcomes.has('head-height')).toBe(true)
  })
})
