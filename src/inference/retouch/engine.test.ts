import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DELIVERY_PROFILES } from '../../domain/delivery-profile.ts'
import type { GenerateRequest, MadePicture } from '../../domain/engine.ts'
import { LIGHTINGS } from '../../domain/parameters/lighting.ts'
import { parseParameters } from '../../domain/parameters/parameters.ts'
import type { CallContext, Progress } from '../../domain/progress.ts'
import { analyseFaces } from '../faces/analyse.ts'
import { embedFace, identityDistance } from '../faces/identity.ts'
import { samplePath, sampleRaster } from '../faces/sample-photos.fixture.ts'
import { decodePhoto } from '../pixels/decode.ts'
import type { Raster } from '../pixels/raster.ts'
import { crop, resize } from '../pixels/resample.ts'
import { retouchFinish, retouchGenerate } from './engine.ts'

const PERSON = 1

describe('the built-in engine', () => {
  let folder: string
  let attempt: MadePicture
  const heard: Progress[] = []

  const request = (changes: Partial<GenerateRequest> = {}): GenerateRequest => ({
    references: [{ path: samplePath(6), face: PERSON }],
    parameters: parseParameters({ purpose: 'resume', background: 'grey', attire: 'business_formal' }),
    brief: { prompt: '', settings: {}, repairs: [] },
    seed: 11,
    longEdge: 400,
    outputFolder: folder,
    ...changes
  })
  const context = (signal = new AbortController().signal): CallContext => ({
    signal,
    onProgress: (progress) => heard.push(progress)
  })

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'retouch-'))
    attempt = await retouchGenerate(request(), context())
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('makes a picture of the size and shape of the purpose', async () => {
    expect(attempt.size).toEqual({ width: 320, height: 400 })
    const { raster, original } = await decodePhoto(attempt.path)
    expect(original).toEqual(attempt.size)
    const faces = await analyseFaces(raster)
    expect(faces).toHaveLength(1)
    const eyes = ((faces[0]?.leftEye.y ?? 0) + (faces[0]?.rightEye.y ?? 0)) / 2
    expect(eyes / raster.height).toBeCloseTo(DELIVERY_PROFILES.resume.eyeLine, 1)
  })

  it('keeps the person who was chosen, and lays the background asked for', async () => {
    const { raster } = await decodePhoto(attempt.path)
    const [face] = await analyseFaces(raster)
    const photo = await sampleRaster(6)
    const others = await analyseFaces(photo)
    if (!face) throw new Error('no face in the attempt')
    const made = await embedFace(raster, face)
    const distances: number[] = []
    for (const other of others) distances.push(identityDistance(made, await embedFace(photo, other)))
    expect(distances.indexOf(Math.min(...distances))).toBe(PERSON)
    expect(distances[PERSON]).toBeLessThan(0.4)
    // #8a8a8a, linear 0.254, in both upper corners.
    for (const x of [4, raster.width - 5]) expect(raster.data[(4 * raster.width + x) * 3 + 1]).toBeCloseTo(0.254, 1)
  })

  it('lets the lighting that was asked for shape the whole face', async () => {
    const parameters = parseParameters({ purpose: 'resume', background: 'grey', lighting: 'dramatic' })
    const lit = await decodePhoto((await retouchGenerate(request({ parameters, seed: 21 }), context())).path)
    const unlit = await decodePhoto((await retouchGenerate(request({ seed: 21 }), context())).path)
    const [face] = await analyseFaces(unlit.raster)
    if (!face) throw new Error('no face in the attempt')
    const { x, y, width, height } = face.box
    const cheeks = { x: Math.round(x), y: Math.round(y + height / 2), width: Math.round(width), height: 12 }
    const change = meanDifference(crop(lit.raster, cheeks), crop(unlit.raster, cheeks))
    expect(change).toBeGreaterThan(0.01)
  })

  it('shows every set-up of lamps: each differs from the others, on the person and behind them', async () => {
    const made: Raster[] = []
    for (const { id: lighting } of LIGHTINGS) {
      const parameters = parseParameters({ purpose: 'resume', background: 'studio_grey', lighting })
      made.push(
        (await decodePhoto((await retouchGenerate(request({ parameters, longEdge: 200 }), context())).path)).raster
      )
    }
    for (const [at, one] of made.entries()) {
      for (const other of made.slice(at + 1)) expect(meanDifference(one, other)).toBeGreaterThan(0.002)
    }
  })

  it('says what it did not do, and how much detail the photo had', () => {
    expect(attempt.limitations.map(({ parameter }) => parameter)).toContain('attire')
    expect(attempt.limitations.map(({ parameter }) => parameter)).not.toContain('background')
    expect(attempt.sourceDetail).toBeGreaterThan(1.5)
    expect(attempt.sourceDetail).toBeLessThan(4)
  })

  it('shows life and says within what time the next sign comes', () => {
    expect(heard.length).toBeGreaterThan(4)
    expect(heard.every(({ done, total, withinMs }) => done <= total && withinMs > 0)).toBe(true)
  })

  it('makes the same file from the same request and another from another seed', async () => {
    const before = await readFile(attempt.path)
    const again = await retouchGenerate(request(), context())
    expect((await readFile(again.path)).equals(before)).toBe(true)
    const other = await retouchGenerate(request({ seed: 12 }), context())
    expect((await readFile(other.path)).equals(before)).toBe(false)
  })

  it('finishes the same composition with more pixels', async () => {
    const made = await retouchGenerate(request({ longEdge: 1024 }), context())
    const final = await retouchFinish({ ...request({ longEdge: 1600 }), attemptPath: made.path }, context())
    expect(final.size).toEqual({ width: 1280, height: 1600 })
    const [large, small] = [await decodePhoto(final.path), await decodePhoto(made.path)]
    const reduced = resize(large.raster, small.raster.width, small.raster.height, 'area')
    expect(meanDifference(reduced, small.raster)).toBeLessThan(0.004)
  })

  it('stops when it is cancelled', async () => {
    const controller = new AbortController()
    controller.abort()
    await expect(retouchGenerate(request(), context(controller.signal))).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('asks which person is meant', async () => {
    const references = [{ path: samplePath(6), face: null }]
    await expect(retouchGenerate(request({ references }), context())).rejects.toMatchObject({ code: 'face-several' })
  })
})

function meanDifference(one: Raster, other: Raster): number {
  let sum = 0
  for (let at = 0; at < one.data.length; at++) sum += Math.abs((one.data[at] ?? 0) - (other.data[at] ?? 0))
  return sum / one.data.length
}
