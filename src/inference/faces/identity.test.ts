import { beforeAll, describe, expect, it } from 'vitest'
import type { Raster } from '../pixels/raster.ts'
import { analyseFaces } from './analyse.ts'
import type { AnalysedFace } from './face.ts'
import { embedFace, identityDistance } from './identity.ts'
import { onGrey, sampleRaster, turned } from './sample-photos.fixture.ts'

/** dlib's published limit for "the same person" is 0.6; on these photos 0.5 separates with room on both sides. */
const SAME = 0.5

describe('identity', () => {
  let group: Raster
  let faces: AnalysedFace[]
  let embeddings: Float32Array[]

  beforeAll(async () => {
    group = await sampleRaster(6)
    faces = await analyseFaces(group)
    embeddings = []
    for (const face of faces) embeddings.push(await embedFace(group, face))
  })

  it('gives 128 numbers', () => {
    expect(embeddings.map((embedding) => embedding.length)).toEqual([128, 128, 128, 128])
  })

  it('keeps four people apart', () => {
    embeddings.forEach((a, i) => {
      embeddings.forEach((b, j) => {
        if (i < j) expect(identityDistance(a, b)).toBeGreaterThan(SAME)
      })
    })
  })

  it('knows everybody again darker, turned and half as large', async () => {
    const changed = turned(onGrey(group, 0.5, { width: 1600, height: 1280, x: 400, y: 300 }), 8)
    for (let i = 0; i < changed.data.length; i++) changed.data[i] = (changed.data[i] ?? 0) * 0.6
    const again = await analyseFaces(changed)
    expect(again).toHaveLength(faces.length)
    for (const [index, face] of again.entries()) {
      const embedding = await embedFace(changed, face)
      expect(identityDistance(embedding, embeddings[index] ?? new Float32Array(128))).toBeLessThan(SAME)
    }
  })

  it('measures zero to itself, and the same both ways', () => {
    const [a, b] = embeddings
    if (!a || !b) throw new Error('two faces are needed')
    expect(identityDistance(a, a)).toBe(0)
    expect(identityDistance(a, b)).toBe(identityDistance(b, a))
  })
})
