import { describe, expect, it } from 'vitest'
import { sampleRaster } from '../faces/sample-photos.fixture.ts'
import type { Raster } from '../pixels/raster.ts'
import { PARSING_CLASSES, type PersonParsing, parsePerson } from './parsing.ts'

const WELL_EXPOSED = 0.5

/** Places of a look at which two parsings name the same class. */
function agreement(one: PersonParsing, other: PersonParsing): number {
  const classes = PARSING_CLASSES.length
  const best = ({ logits }: PersonParsing, at: number) => {
    const row = logits.subarray(at, at + classes)
    return row.indexOf(Math.max(...row))
  }
  let same = 0
  for (let at = 0; at < one.logits.length; at += classes) if (best(one, at) === best(other, at)) same++
  return same / (one.logits.length / classes)
}

describe('parsePerson', () => {
  const darker = (photo: Raster, stops: number): Raster => ({
    ...photo,
    data: photo.data.map((value) => value * 2 ** -stops)
  })

  it('reads a dark look more like the same look well exposed when it is lifted', async () => {
    const photo = await sampleRaster(6, 800)
    const lit = await parsePerson(photo)
    const dark = darker(photo, 5)
    const asItIs = agreement(await parsePerson(dark), lit)
    const lifted = agreement(await parsePerson(dark, undefined, WELL_EXPOSED), lit)
    expect(lifted).toBeGreaterThan(asItIs)
    expect(lifted).toBeGreaterThan(0.9)
  })

  it('takes the same look at a picture once, and others by themselves', async () => {
    const photo = await sampleRaster(6, 400)
    const whole = await parsePerson(photo)
    expect(await parsePerson(photo, { x: -50, y: -9, width: 2000, height: 2000 })).toBe(whole)
    expect(await parsePerson(photo, undefined, WELL_EXPOSED)).not.toBe(whole)
    expect(await parsePerson({ ...photo })).not.toBe(whole)
    const left = await parsePerson(photo, { x: 0, y: 0, width: photo.width / 2, height: photo.height })
    expect(left.region).not.toEqual(whole.region)
    expect(left.logits).not.toEqual(whole.logits)
  })

  it('leaves a look that is bright enough, and black, as they are', async () => {
    const photo = await sampleRaster(6, 400)
    const dim = 0.05
    expect((await parsePerson(photo, undefined, dim)).logits).toEqual((await parsePerson(photo)).logits)
    const black = darker(photo, Number.POSITIVE_INFINITY)
    expect((await parsePerson(black, undefined, WELL_EXPOSED)).logits).toEqual((await parsePerson(black)).logits)
  })
})
