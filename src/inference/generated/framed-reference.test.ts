import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DELIVERY_PROFILES } from '../../domain/delivery-profile.ts'
import { ovalBounds } from '../faces/head.ts'
import { openPhotoFaces } from '../faces/photo-faces.ts'
import { samplePath } from '../faces/sample-photos.fixture.ts'
import { frameReference } from './framed-reference.ts'

const context = { signal: new AbortController().signal, onProgress: () => undefined }
const PHOTO = 'resources/sample/eileen-collins.jpg'

describe('frameReference', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'framed-reference-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('shows the person as the purpose frames people', async () => {
    const size = { width: 512, height: 640 }
    const outputPath = join(folder, 'resume.jpg')
    const order = {
      reference: { path: PHOTO, face: null },
      shows: 'frame',
      purpose: 'resume',
      size,
      outputPath
    } as const
    expect(await frameReference(order, context)).toEqual(size)
    const { faces, photo } = await openPhotoFaces(outputPath, context.signal)
    expect(photo.original).toEqual(size)
    const [face] = faces
    if (!face) throw new Error('There is no face.')
    const { eyeLine, headHeight } = DELIVERY_PROFILES.resume
    expect((face.leftEye.y + face.rightEye.y) / 2 / size.height).toBeCloseTo(eyeLine, 1)
    expect((face.leftEye.x + face.rightEye.x) / 2 / size.width).toBeCloseTo(0.5, 1)
    expect((ovalBounds(face).height * 1.28) / size.height / headHeight).toBeCloseTo(1, 1)
  })

  it('shows the face of the chosen person closely', async () => {
    const size = { width: 384, height: 384 }
    const outputPath = join(folder, 'close.jpg')
    const reference = { path: samplePath(6), face: 1 }
    await frameReference({ reference, shows: 'face', purpose: 'resume', size, outputPath }, context)
    const { faces } = await openPhotoFaces(outputPath, context.signal)
    const largest = faces.toSorted((a, b) => b.box.width - a.box.width)[0]
    expect(largest && ovalBounds(largest).height / size.height).toBeCloseTo(1 / 1.9, 1)
    await expect(
      frameReference(
        { reference: { ...reference, face: 99 }, shows: 'face', purpose: 'resume', size, outputPath },
        context
      )
    ).rejects.toMatchObject({ code: 'face-choice-invalid' })
  })
})
