import { describe, expect, it } from 'vitest'
import { analyseFaces } from '../faces/analyse.ts'
import { type SamplePhoto, sampleRaster } from '../faces/sample-photos.fixture.ts'
import { type Head, unseenHeads } from './heads.ts'
import { mapPerson } from './person-maps.ts'

async function unseenIn(photo: SamplePhoto, person: number): Promise<Head[]> {
  const raster = await sampleRaster(photo, 1000)
  const faces = await analyseFaces(raster)
  const face = faces[person]
  if (!face) throw new Error('there is no such person')
  return unseenHeads(await mapPerson(raster, face), face, faces)
}

describe('unseenHeads', () => {
  it('finds the woman in profile whose face the detector misses', async () => {
    const heads = await unseenIn(2, 0)
    expect(heads).toHaveLength(1)
    const [head] = heads
    expect(head?.chin.x).toBeGreaterThan(200)
    expect(head?.chin.x).toBeLessThan(330)
    expect(head?.chin.y).toBeGreaterThan(170)
    expect(head?.chin.y).toBeLessThan(250)
    expect(head?.size).toBeGreaterThan(70)
    expect(head?.size).toBeLessThan(150)
  })

  it('finds none where every face is known', async () => {
    expect(await unseenIn(6, 1)).toEqual([])
    expect(await unseenIn(5, 2)).toEqual([])
  })
})
