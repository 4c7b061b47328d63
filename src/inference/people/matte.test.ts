import { beforeAll, describe, expect, it } from 'vitest'
import { analyseFaces } from '../faces/analyse.ts'
import type { AnalysedFace } from '../faces/face.ts'
import { sampleRaster } from '../faces/sample-photos.fixture.ts'
import type { Raster } from '../pixels/raster.ts'
import { estimateMatte, type PersonMatte } from './matte.ts'

const SETTINGS = { 'matte.sharpness': 0.5, 'matte.choke': 0 } as const

describe('estimateMatte in a photo of four people', () => {
  let photo: Raster
  let faces: AnalysedFace[]
  let person: AnalysedFace
  let matte: PersonMatte

  beforeAll(async () => {
    photo = await sampleRaster(6, 1000)
    faces = await analyseFaces(photo)
    const second = faces[1]
    if (!second) throw new Error('sample6 shows four people')
    person = second
    matte = await estimateMatte(photo, person, SETTINGS, faces)
  })

  const at = (mask: Raster, x: number, y: number) => mask.data[Math.round(y) * mask.width + Math.round(x)] ?? 0
  const centre = (face: AnalysedFace) => ({ x: face.box.x + face.box.width / 2, y: face.box.y + face.box.height / 2 })

  it('is as large as the photo and within 0..1', () => {
    for (const mask of [matte.alpha, matte.hair, matte.skin, matte.faceSkin]) {
      expect([mask.width, mask.height, mask.channels]).toEqual([photo.width, photo.height, 1])
      expect(mask.data.every((value) => value >= 0 && value <= 1)).toBe(true)
    }
  })

  it("holds all of the person's face and nothing of the others'", () => {
    const own = person.mesh.points.map((point) => at(matte.alpha, point.x, point.y)).toSorted((a, b) => a - b)
    // The outline of the mesh lies on the edge of the cheek; the rest of the face is opaque.
    expect(own[0]).toBeGreaterThan(0.7)
    expect(own[Math.round(own.length * 0.05)]).toBeGreaterThan(0.995)
    for (const other of faces) {
      if (other.index === person.index) continue
      for (const point of other.mesh.points) expect(at(matte.alpha, point.x, point.y)).toBeLessThan(0.02)
    }
  })

  it('leaves the wall behind them out', () => {
    const { x, y } = centre(person)
    expect(at(matte.alpha, x - 1.3 * person.box.width, y - 0.6 * person.box.height)).toBe(0)
    expect(at(matte.alpha, 5, 5)).toBe(0)
  })

  it('knows skin from hair', () => {
    const { x, y } = centre(person)
    expect(at(matte.faceSkin, x, y)).toBeGreaterThan(0.9)
    expect(at(matte.hair, x, y)).toBeLessThan(0.1)
    const forehead = person.mesh.points[10]
    expect(at(matte.hair, forehead?.x ?? 0, (forehead?.y ?? 0) - 0.25 * person.box.height)).toBeGreaterThan(0.9)
  })
})
