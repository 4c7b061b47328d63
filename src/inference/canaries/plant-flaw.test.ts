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

  it.each(['smear', 'pasted-patch'] as const)('%s: one place is damaged, and the face is still found', async (flaw) => {
    const { raster, failed } = await planted(flaw)
    expect(failed).not.toContain('face-count')
    const cells = Array.from({ length: 100 }, (_, cell) => {
      const [left, top] = [(cell % 10) / 10, Math.floor(cell / 10) / 10]
      return change(raster, left, top, left + 0.1, top + 0.1)
    })
    expect(Math.max(...cells)).toBeGreaterThan(0.05)
    expect(cells.filter((each) => each < 0.002).length).toBeGreaterThan(75)
  })

  it('a grimace: it stays a face, but not with that look, and everything around it stays', async () => {
    const { raster, failed } = await planted('grimace')
    expect(failed).not.toContain('face-count')
    expect(change(raster, 0.4, 0.3, 0.6, 0.6)).toBeGreaterThan(0.01)
    expect(change(raster, 0, 0, 0.15, 1)).toBeLessThan(0.005)
    expect(change(raster, 0, 0.9, 1, 1)).toBeLessThan(0.005)
  })

  /** Mean of one channel (all three where left out) of a part of the picture. */
  function mean(
    { data, width, height }: Raster,
    [left, top, right, bottom]: readonly number[],
    channel?: number
  ): number {
    let [sum, n] = [0, 0]
    for (let y = Math.floor((top ?? 0) * height); y < (bottom ?? 0) * height; y++) {
      for (let x = Math.floor((left ?? 0) * width); x < (right ?? 0) * width; x++) {
        for (const each of channel === undefined ? [0, 1, 2] : [channel]) {
          sum += data[(y * width + x) * 3 + each] ?? 0
          n++
        }
      }
    }
    return sum / n
  }
  const [LEFT_CHEEK, RIGHT_CHEEK] = [
    [0.4, 0.42, 0.47, 0.5],
    [0.53, 0.42, 0.6, 0.5]
  ]
  const CORNER = [0, 0, 0.15, 0.15]
  const ALL = [0, 0, 1, 1]

  it('light from the side: one cheek and the backdrop in the dark, the other cheek as it was', async () => {
    const { raster } = await planted('side-light')
    const side = (of: Raster) => mean(of, LEFT_CHEEK) / mean(of, RIGHT_CHEEK)
    // Two stops more between the cheeks than there were.
    expect(side(raster) / side(before)).toBeGreaterThan(4)
    expect(mean(raster, LEFT_CHEEK) / mean(before, LEFT_CHEEK)).toBeGreaterThan(0.5)
    expect(mean(raster, CORNER) / mean(before, CORNER)).toBeLessThan(0.1)
  })

  it('flat light: bright and dark are half as far apart as they were', async () => {
    const { raster } = await planted('flat-light')
    const spread = (of: Raster) => {
      const parts = [LEFT_CHEEK, RIGHT_CHEEK, CORNER].map((part) => mean(of, part))
      return Math.max(...parts) / Math.min(...parts)
    }
    expect(spread(raster)).toBeLessThan(spread(before) / 1.8)
  })

  it('a cast of colour: everything far warmer, or far cooler', async () => {
    const warmth = (of: Raster) => mean(of, ALL, 0) / mean(of, ALL, 2)
    const { raster: warm } = await planted('warm-cast')
    expect(warmth(warm) / warmth(before)).toBeGreaterThan(2)
    const { raster: cool } = await planted('cool-cast')
    expect(warmth(cool) / warmth(before)).toBeLessThan(0.5)
  })
})
