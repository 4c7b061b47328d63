import { describe, expect, it } from 'vitest'
import { photoInspectionSchema } from '../../domain/photo.ts'
import { createRaster } from '../pixels/raster.ts'
import { crop } from '../pixels/resample.ts'
import { analyseFaces } from './analyse.ts'
import { inspectPhoto } from './inspect.ts'
import { onGrey, type SamplePhoto, samplePath, sampleRaster, turned } from './sample-photos.fixture.ts'

const GROUPS: readonly (readonly [SamplePhoto, number])[] = [
  [3, 3],
  [5, 5],
  [6, 4]
]

describe('analyseFaces', () => {
  it.each(GROUPS)('finds everybody in sample%i, from the left', async (photo, people) => {
    const faces = await analyseFaces(await sampleRaster(photo))
    expect(faces).toHaveLength(people)
    expect(faces.map((face) => face.index)).toEqual(faces.map((_, index) => index))
    const middles = faces.map((face) => face.box.x + face.box.width / 2)
    expect(middles).toEqual(middles.toSorted((a, b) => a - b))
    for (const { box, mesh, leftEye, rightEye } of faces) {
      expect(mesh.points).toHaveLength(468)
      // The person's left eye is on the right of the picture.
      expect(leftEye.x).toBeGreaterThan(rightEye.x)
      for (const eye of [leftEye, rightEye]) {
        expect(eye.x).toBeGreaterThan(box.x)
        expect(eye.x).toBeLessThan(box.x + box.width)
        expect(eye.y).toBeGreaterThan(box.y)
        expect(eye.y).toBeLessThan(box.y + box.height / 2)
      }
    }
  })

  it('finds the same faces whatever the size the photo is decoded to', async () => {
    const large = await analyseFaces(await sampleRaster(6, 1920))
    const small = await analyseFaces(await sampleRaster(6, 960))
    expect(small).toHaveLength(large.length)
    small.forEach((face, index) => {
      const other = large[index]
      expect(Math.abs(face.leftEye.x * 2 - (other?.leftEye.x ?? 0))).toBeLessThan(6)
      expect(Math.abs(face.leftEye.y * 2 - (other?.leftEye.y ?? 0))).toBeLessThan(6)
    })
  })

  it('finds faces 2 % as wide as the photo', async () => {
    const group = await sampleRaster(6)
    const faces = await analyseFaces(onGrey(group, 0.17, { width: 1600, height: 1067, x: 900, y: 300 }))
    expect(faces).toHaveLength(4)
    for (const face of faces) expect(face.box.width).toBeLessThan(0.026 * 1600)
  })

  it('finds a face that fills the frame', async () => {
    const group = await sampleRaster(6)
    const [face] = await analyseFaces(group)
    const { x, y, width, height } = face?.box ?? { x: 0, y: 0, width: 0, height: 0 }
    expect(width).toBeGreaterThan(100)
    const frame = crop(group, {
      x: Math.round(x),
      y: Math.round(y),
      width: Math.round(width),
      height: Math.round(height)
    })
    expect(await analyseFaces(frame)).toHaveLength(1)
  })

  it('measures a tilt clockwise as seen', async () => {
    const group = await sampleRaster(3)
    const before = await analyseFaces(group)
    const after = await analyseFaces(turned(group, 12))
    expect(after).toHaveLength(before.length)
    const turns = after.map((face, index) => face.tilt - (before[index]?.tilt ?? 0))
    for (const turn of turns) expect(Math.abs(turn - 12)).toBeLessThan(3)
  })

  it('finds nobody where there is nobody', async () => {
    const gradient = createRaster(640, 480, 3)
    for (let i = 0; i < gradient.data.length; i++) gradient.data[i] = (i % 1920) / 1920
    expect(await analyseFaces(gradient)).toEqual([])
  })
})

describe('inspectPhoto', () => {
  it('tells size, kind and faces in pixels of the photo itself', async () => {
    const steps: string[] = []
    const context = {
      signal: new AbortController().signal,
      onProgress: (p: { activity: string }) => steps.push(p.activity)
    }
    const inspection = photoInspectionSchema.parse(await inspectPhoto(samplePath(6), context))
    expect(inspection).toMatchObject({ width: 1920, height: 1537, mediaType: 'image/jpeg', bitsPerChannel: 8 })
    expect(inspection.faces).toHaveLength(4)
    // Found in a copy 1600 px wide, told in the photo's own pixels: the face on the right reaches beyond x = 1600.
    const { x = 0, width = 0 } = inspection.faces[3]?.box ?? {}
    expect(x + width).toBeGreaterThan(1600)
    expect(steps.length).toBeGreaterThan(1)
  })

  it('stops when it is cancelled', async () => {
    const context = { signal: AbortSignal.abort(), onProgress: () => undefined }
    await expect(inspectPhoto(samplePath(6), context)).rejects.toMatchObject({ name: 'AbortError' })
  })
})
