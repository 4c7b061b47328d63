import { writeFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { CRITERION_IDS, criterionSchema } from '../../domain/criterion.ts'
import { judgementOf } from '../../domain/judgement.ts'
import { parseParameters } from '../../domain/parameters/parameters.ts'
import { samplePath } from '../faces/sample-photos.fixture.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { measurePicture } from './measure.ts'
import {
  type CutOut,
  composed,
  cutOut,
  plain,
  quietContext,
  requestFor,
  rowOf,
  written
} from './sample-portraits.fixture.ts'

const REFERENCE = { path: samplePath(3), face: 1 }
const WHITE = parseParameters({ background: 'white' })

describe('measurePicture', () => {
  let person: CutOut
  let portrait: Raster

  beforeAll(async () => {
    person = await cutOut(REFERENCE.path, REFERENCE.face)
    portrait = composed(person, plain(0.9))
  })

  const measure = async (picture: Raster, changes: Parameters<typeof requestFor>[2] = {}) =>
    measurePicture(
      requestFor(await written(picture), picture, { references: [REFERENCE], parameters: WHITE, ...changes }),
      quietContext
    )

  it('passes a clean portrait on the background that was asked for, with one row for every criterion', async () => {
    const ledger = await measure(portrait)
    for (const row of ledger) criterionSchema.parse(row)
    expect(ledger.map((row) => row.id).toSorted()).toEqual([...CRITERION_IDS].toSorted())
    expect(ledger.filter((row) => row.outcome !== 'passed').map((row) => row.id)).toEqual(['expression'])
    expect(judgementOf(ledger).passed).toBe(true)
  })

  it('fails a picture of somebody else for identity', async () => {
    const stranger = composed(await cutOut(samplePath(3), 0), plain(0.9))
    const row = rowOf(await measure(stranger), 'identity')
    expect(row.outcome).toBe('failed')
    expect(row.value).toBeGreaterThan(0.5)
  })

  it('suspects a paste only where every pixel should be painted', async () => {
    expect(rowOf(await measure(portrait), 'identity').outcome).toBe('passed')
    const painted = rowOf(await measure(portrait, { generatorKind: 'generative' }), 'identity')
    expect(painted.outcome).toBe('failed')
    expect(painted.note).toContain('copied')
  })

  it('takes another photo of the same person for the person, and for no paste', async () => {
    const ledger = await measure(portrait, {
      references: [{ path: samplePath(1), face: 2 }],
      generatorKind: 'generative'
    })
    const row = rowOf(ledger, 'identity')
    expect(row.outcome).toBe('passed')
  })

  it('reports regions in pixels of the picture, however large it is', async () => {
    const large = composed(person, plain(0.9), { longEdge: 2000 })
    const [small, big] = [rowOf(await measure(portrait), 'identity'), rowOf(await measure(large), 'identity')]
    const [a, b] = [small.regions[0], big.regions[0]]
    if (a?.shape !== 'box' || b?.shape !== 'box') throw new Error('identity draws a box')
    expect(b.box.width / a.box.width).toBeCloseTo(2000 / 1024, 1)
    expect(b.box.x / a.box.x).toBeCloseTo(2000 / 1024, 1)
  })

  it('fails black, flat and broken pictures, and passes no criterion that cannot be measured', async () => {
    const black = await measure(createRaster(256, 256, 3))
    expect(rowOf(black, 'picture-valid')).toMatchObject({ outcome: 'failed', note: 'The picture is black.' })
    expect(rowOf(black, 'face-count').outcome).toBe('failed')
    const flat = await measure(plain(0.4)(256, 256))
    expect(rowOf(flat, 'picture-valid')).toMatchObject({ outcome: 'failed', note: 'The picture is one flat tone.' })
    const path = await written(portrait)
    await writeFile(path, Buffer.from('89504e470d0a1a0a0000', 'hex'))
    const broken = await measurePicture(requestFor(path, portrait, { references: [REFERENCE] }), quietContext)
    expect(rowOf(broken, 'picture-valid').outcome).toBe('failed')
    for (const ledger of [black, flat, broken]) {
      expect(ledger.map((row) => row.id).toSorted()).toEqual([...CRITERION_IDS].toSorted())
      expect(judgementOf(ledger).passed).toBe(false)
      const onAFace = ledger.filter((row) => ['identity', 'eyes-open', 'sharpness', 'head-height'].includes(row.id))
      expect(onAFace.map((row) => row.outcome)).toEqual(['undecided', 'undecided', 'undecided', 'undecided'])
    }
  })

  it('throws where a reference shows nobody or several without a choice, or the picture is gone', async () => {
    const nobody = await written(plain(0.4)(200, 200))
    const path = await written(portrait)
    const run = (references: { path: string; face: number | null }[], at = path) =>
      measurePicture(requestFor(at, portrait, { references }), quietContext)
    await expect(run([{ path: nobody, face: null }])).rejects.toMatchObject({ code: 'face-none' })
    await expect(run([{ path: samplePath(3), face: null }])).rejects.toMatchObject({ code: 'face-several' })
    await expect(run([REFERENCE], `${path}.gone`)).rejects.toMatchObject({ code: 'file-missing' })
  })

  it('lists what the engine says it cannot do as not attempted', async () => {
    const limitations = [
      { parameter: 'attire', reason: 'It keeps the clothes of the photo.' },
      { parameter: 'background', reason: 'There is no such place.' }
    ]
    const ledger = await measure(portrait, { limitations })
    expect(rowOf(ledger, 'parameter:attire')).toMatchObject({
      outcome: 'not-attempted',
      note: 'It keeps the clothes of the photo.'
    })
    expect(rowOf(ledger, 'background-match').outcome).toBe('not-attempted')
    for (const row of ledger) criterionSchema.parse(row)
  })

  it('stops when it is cancelled', async () => {
    const context = { ...quietContext, signal: AbortSignal.abort() }
    const request = requestFor(await written(portrait), portrait, { references: [REFERENCE] })
    await expect(measurePicture(request, context)).rejects.toMatchObject({ name: 'AbortError' })
  })
})
