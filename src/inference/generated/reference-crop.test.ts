import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPhotoFaces } from '../faces/photo-faces.ts'
import { type SamplePhoto, samplePath } from '../faces/sample-photos.fixture.ts'
import { cropReference } from './reference-crop.ts'

const context = { signal: new AbortController().signal, onProgress: () => undefined }

describe('cropReference', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reference-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  async function shown(photo: SamplePhoto, face: number | null, longEdge: number) {
    const outputPath = join(folder, `${photo}-${face}.jpg`)
    const size = await cropReference({ reference: { path: samplePath(photo), face }, longEdge, outputPath }, context)
    return { size, outputPath, ...(await openPhotoFaces(outputPath, context.signal)) }
  }

  it('shows the chosen person of several, and no other face', async () => {
    const { faces, size, photo } = await shown(6, 1, 1024)
    expect(faces).toHaveLength(1)
    expect(photo.original).toEqual(size)
    expect(Math.max(size.width, size.height)).toBeLessThanOrEqual(1024)
    const [face] = faces
    expect(face?.box.width).toBeGreaterThan(size.width / 6)
  })

  it('is not made without a choice among several, nor of who is not there', async () => {
    await expect(shown(6, null, 512)).rejects.toMatchObject({ code: 'face-several' })
    await expect(shown(6, 99, 512)).rejects.toMatchObject({ code: 'face-choice-invalid' })
  })

  it('shows a photo of one person whole, and never larger than it is', async () => {
    const path = 'resources/sample/eileen-collins.jpg'
    const { photo } = await openPhotoFaces(path, context.signal)
    for (const longEdge of [400, 100_000]) {
      const outputPath = join(folder, 'whole.jpg')
      const size = await cropReference({ reference: { path, face: null }, longEdge, outputPath }, context)
      const scale = Math.min(1, longEdge / Math.max(photo.original.width, photo.original.height))
      expect(size.width).toBeCloseTo(photo.original.width * scale, -0.5)
      expect(size.height).toBeCloseTo(photo.original.height * scale, -0.5)
    }
  })
})
