import { describe, expect, it } from 'vitest'
import { analyseFaces } from '../faces/analyse.ts'
import { type SamplePhoto, sampleRaster } from '../faces/sample-photos.fixture.ts'
import { mapPerson } from './person-maps.ts'
import { claimPerson } from './separation.ts'

/** What the person claims at places given in thousandths of the photo's width from its left and upper edge. */
async function claims(photo: SamplePhoto, person: number): Promise<(x: number, y: number) => number> {
  const raster = await sampleRaster(photo, 1000)
  const faces = await analyseFaces(raster)
  const face = faces[person]
  if (!face) throw new Error('there is no such person')
  const claim = claimPerson(face, faces, await mapPerson(raster, face), raster)
  const grid = claim.width / 1000
  return (x, y) => claim.data[Math.floor(y * grid) * claim.width + Math.floor(x * grid)] ?? Number.NaN
}

describe('claimPerson', () => {
  it("gives a striped dress to its wearer, not to the neighbour it touches, and the neighbour's sleeve to her", async () => {
    const claim = await claims(6, 1)
    expect(claim(560, 480)).toBeLessThan(0.1)
    expect(claim(580, 560)).toBeLessThan(0.1)
    expect(claim(500, 480)).toBeGreaterThan(0.9)
    expect(claim(410, 560)).toBeGreaterThan(0.9)
  })

  it('tells hair by its colour, though it is nearer to another face', async () => {
    const claim = await claims(3, 1)
    // Fair hair in a pony tail, and the dark hair beside it.
    expect(claim(690, 200)).toBeGreaterThan(0.9)
    expect(claim(760, 230)).toBeLessThan(0.1)
  })

  it('leaves out the hair of somebody in profile whose face nobody detected', async () => {
    const claim = await claims(2, 0)
    expect(claim(355, 230)).toBeLessThan(0.1)
    expect(claim(530, 150)).toBeGreaterThan(0.9)
    expect(claim(540, 330)).toBeGreaterThan(0.9)
  })

  it('gives a raised arm whole to the one who raises it, not to the neighbour whose hair it touches', async () => {
    const [neighbour, raising] = [await claims(2, 0), await claims(2, 1)]
    for (const [x, y] of [
      [640, 160],
      [660, 190],
      [710, 100]
    ] as const) {
      expect(raising(x, y)).toBeGreaterThan(0.9)
      expect(neighbour(x, y)).toBeLessThan(0.1)
    }
  })

  it('lets what lies beside a person, and might be somebody else, go', async () => {
    const claim = await claims(2, 0)
    // A red cushion that the parsing takes for clothes.
    expect(claim(685, 310)).toBeLessThan(0.4)
  })

  it('leaves a woman her arm that reaches out, and her elbow that only she can own', async () => {
    const claim = await claims(4, 0)
    for (const [x, y] of [
      [275, 110],
      [305, 120],
      [250, 250]
    ] as const) {
      expect(claim(x, y)).toBeGreaterThan(0.9)
    }
  })

  it('leaves hair to the head it grows on, though it lies on the dress of the woman beside her', async () => {
    const [own, neighbour] = [await claims(4, 1), await claims(4, 2)]
    for (const [x, y] of [
      [462, 187],
      [462, 250],
      [459, 269]
    ] as const) {
      expect(own(x, y)).toBeGreaterThan(0.9)
      expect(neighbour(x, y)).toBeLessThan(0.1)
    }
  })

  it("draws the line between a chest and a neighbour's bare arm before it, both of which hang from their heads", async () => {
    const claim = await claims(6, 3)
    for (const [x, y] of [
      [719, 387],
      [725, 437]
    ] as const) {
      expect(claim(x, y)).toBeLessThan(0.1)
    }
    expect(claim(790, 370)).toBeGreaterThan(0.9)
  })

  it('leaves a woman her bare shoulder, though her arm hangs together with the legs of others', async () => {
    const claim = await claims(5, 2)
    expect(claim(536, 219)).toBeGreaterThan(0.9)
    expect(claim(544, 250)).toBeGreaterThan(0.8)
  })

  it('looks for the body of a turned face under its neck, not under its chin', async () => {
    const claim = await claims(4, 2)
    // Brown hair and the hand of the woman beside her, whose hair has the same colour.
    expect(claim(405, 290)).toBeLessThan(0.1)
    expect(claim(450, 100)).toBeLessThan(0.1)
    expect(claim(600, 300)).toBeGreaterThan(0.9)
  })
})
