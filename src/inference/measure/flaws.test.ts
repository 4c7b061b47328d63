import { beforeAll, describe, expect, it } from 'vitest'
import type { Criterion } from '../../domain/criterion.ts'
import { parseParameters } from '../../domain/parameters/parameters.ts'
import { samplePath } from '../faces/sample-photos.fixture.ts'
import type { Raster } from '../pixels/raster.ts'
import { blurred, crushed, exposed, haloed, withClosedEyes } from './flaws.fixture.ts'
import { measurePicture } from './measure.ts'
import {
  type CutOut,
  composed,
  cutOut,
  framed,
  plain,
  quietContext,
  requestFor,
  rowOf,
  written
} from './sample-portraits.fixture.ts'

const REFERENCE = { path: samplePath(3), face: 1 }
const GREY = plain(0.62)

describe('a portrait with one flaw', () => {
  let person: CutOut
  let clean: Raster

  beforeAll(async () => {
    person = await cutOut(REFERENCE.path, REFERENCE.face)
    clean = composed(person, GREY)
  })

  const measure = async (picture: Raster, parameters: Record<string, string> = {}) =>
    measurePicture(
      requestFor(await written(picture), picture, {
        references: [REFERENCE],
        parameters: parseParameters({ background: 'light_grey', ...parameters })
      }),
      quietContext
    )

  const failures = (ledger: readonly Criterion[]) =>
    ledger.filter((row) => row.outcome === 'failed').map((row) => row.id)

  it('has none to begin with', async () => {
    expect(failures(await measure(clean))).toEqual([])
  })

  it('blurred: fails for sharpness, and is told that the reference is sharper', async () => {
    const ledger = await measure(blurred(clean, 4))
    expect(failures(ledger)).toEqual(['sharpness'])
    expect(rowOf(ledger, 'sharpness').note).toContain('The photo is sharper')
  })

  it('blurred from a reference as soft: it takes a sharper one', async () => {
    const soft = blurred(clean, 4)
    const path = await written(soft)
    const ledger = await measurePicture(requestFor(path, soft, { references: [{ path, face: null }] }), quietContext)
    expect(rowOf(ledger, 'sharpness').note).toContain('it takes a sharper one')
  })

  it('three stops under: fails for exposure', async () => {
    const row = rowOf(await measure(exposed(clean, -3)), 'exposure')
    expect(row).toMatchObject({ outcome: 'failed', note: 'The face is too dark.' })
  })

  it('two stops over: fails for clipped highlights', async () => {
    expect(failures(await measure(exposed(clean, 2)))).toContain('highlight-clipping')
  })

  it('shadows crushed: fails for clipped shadows, and only brighter shadows pass', async () => {
    const dark = exposed(clean, -2)
    expect(failures(await measure(crushed(dark, 0.1)))).toContain('shadow-clipping')
    expect(failures(await measure(dark))).not.toContain('shadow-clipping')
  })

  it('tilted by 12°: fails for the tilt, signed as it is turned', async () => {
    const [right, left] = [composed(person, GREY, { tilt: 12 }), composed(person, GREY, { tilt: -12 })]
    const clockwise = await measure(right)
    expect(failures(clockwise)).toEqual(['head-tilt'])
    expect(rowOf(clockwise, 'head-tilt').value).toBeGreaterThan(10)
    expect(rowOf(await measure(left), 'head-tilt').value).toBeLessThan(-10)
  })

  it('eyes shut: fails for the eyes', async () => {
    expect(failures(await measure(await withClosedEyes(clean)))).toEqual(['eyes-open'])
  })

  it('framed too small, too far right, too low: fails for exactly that', async () => {
    expect(failures(await measure(composed(person, GREY, { headScale: 0.7 })))).toEqual(['head-height'])
    expect(failures(await measure(composed(person, GREY, { shiftX: 0.1 })))).toEqual(['head-centre'])
    expect(failures(await measure(composed(person, GREY, { shiftY: 0.12 })))).toEqual(['eye-line'])
  })

  it('light rim on a dark background: fails for the halo, the clean cut passes', async () => {
    const parameters = { background: '#3b3b3b' }
    const dark = plain(0.04)
    const rimmed = rowOf(await measure(haloed(person, dark, { pixels: 5, grey: 0.8 }), parameters), 'matte-halo')
    expect(rimmed).toMatchObject({ outcome: 'failed', note: 'The fringe is light.' })
    const cleanCut = rowOf(await measure(composed(person, dark), parameters), 'matte-halo')
    expect(cleanCut.outcome).toBe('passed')
    expect(cleanCut.score).toBeGreaterThan(rimmed.score)
  })

  it('dark rim on white: fails for the halo', async () => {
    const rimmed = haloed(person, plain(0.9), { pixels: 5, grey: 0.02 })
    const row = rowOf(await measure(rimmed, { background: 'white' }), 'matte-halo')
    expect(row).toMatchObject({ outcome: 'failed', note: 'The fringe is dark.' })
  })

  it('on a background nobody asked for: fails for the background', async () => {
    const background = async (picture: Raster, asked: string, purpose = 'professional_linkedin') =>
      rowOf(await measure(picture, { background: asked, purpose }), 'background-match')
    expect((await background(clean, 'white')).outcome).toBe('failed')
    expect((await background(clean, 'modern_office')).note).toContain('one plain colour')
    const itself = framed(person)
    expect((await background(itself, 'light_grey')).note).toContain('not one plain colour')
    expect((await background(itself, 'modern_office')).note).toContain('still the background of the reference')
    expect((await background(itself, 'original_blurred')).outcome).toBe('passed')
    const tooWide = await background(framed(person, { headScale: 0.2 }), 'original_blurred')
    expect(tooWide).toMatchObject({ outcome: 'failed', unit: '%' })
    expect(tooWide.note).toContain('beyond the edges of the photo')
    expect((await background(composed(person, plain(0.1)), '#595959', 'passport_like')).note).toContain(
      'light background'
    )
  })
})
