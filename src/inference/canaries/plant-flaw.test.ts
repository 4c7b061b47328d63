import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PlantedFlaw } from '../../domain/judging/planted-flaw.ts'
import { parseParameters } from '../../domain/parameters/parameters.ts'
import { samplePath } from '../faces/sample-photos.fixture.ts'
import { measurePicture } from '../measure/measure.ts'
import { decodePhoto } from '../pixels/decode.ts'
import type { Raster } from '../pixels/raster.ts'
import { retouchGenerate } from '../retouch/engine.ts'
import { plantFlaw } from './plant-flaw.ts'

const context = { signal: new AbortController().signal, onProgress: () => {} }
const REFERENCE = { path: samplePath(3), face: 1 }
const PARAMETERS = parseParameters({ background: 'light_grey' })

describe('a flaw planted in a portrait', () => {
  let folder: string
  let sound: string
  let before: Raster

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'canaries-'))
    const brief = { prompt: '', settings: {}, repairs: [] }
    const order = {
      references: [REFERENCE],
      parameters: PARAMETERS,
      brief,
      seed: 1,
      longEdge: 640,
      outputFolder: folder
    }
    sound = (await retouchGenerate(order, context)).path
    before = (await decodePhoto(sound)).raster
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  async function planted(flaw: PlantedFlaw) {
    const path = join(folder, `${flaw}.png`)
    const size = await plantFlaw({ path: sound, flaw, outputPath: path }, context)
    expect(size).toEqual({ width: before.width, height: before.height })
    const { raster } = await decodePhoto(path)
    const ledger = await measurePicture(
      {
        references: [REFERENCE],
        path,
        parameters: PARAMETERS,
        expectedSize: size,
        generatorKind: 'photographic',
        sourceDetail: 1,
        limitations: []
      },
      context
    )
    const failed = ledger.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id)
    return { raster, failed }
  }

  /** Mean difference of a part of the picture, given in shares of its size. */
  function change({ data, width, height }: Raster, left: number, top: number, right: number, bottom: number): number {
    let [sum, n] = [0, 0]
    for (let y = Math.floor(top * height); y < bottom * height; y++) {
      for (let x = Math.floor(left * width); x < right * width; x++) {
        for (let channel = 0; channel < 3; channel++, n++) {
          const at = (y * width + x) * 3 + channel
          sum += Math.abs((data[at] ?? 0) - (before.data[at] ?? 0))
        }
      }
    }
    return sum / n
  }

  it('out of focus: nothing is sharp any more', async () => {
    expect((await planted('out-of-focus')).failed).toContain('sharpness')
  })

  it('a twisted face: the face is no longer one, and everything around it stays', async () => {
    const { raster, failed } = await planted('twisted-face')
    expect(failed.length).toBeGreaterThan(0)
    expect(change(raster, 0.4, 0.35, 0.6, 0.5)).toBeGreaterThan(0.02)
    expect(change(raster, 0, 0, 0.15, 1)).toBeLessThan(0.005)
  })

  it('other clothes: the clothes have another colour, the person and the place stay', async () => {
    const { raster, failed } = await planted('other-clothes')
    expect(failed).not.toContain('identity')
    expect(change(raster, 0.2, 0.85, 0.32, 1)).toBeGreaterThan(0.05)
    expect(change(raster, 0.35, 0.3, 0.65, 0.5)).toBeLessThan(0.01)
  })
})
