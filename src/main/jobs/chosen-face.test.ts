import { describe, expect, it } from 'vitest'
import { StudioError } from '../../domain/errors.ts'
import type { Reference } from '../../domain/job.ts'
import type { PhotoInspection } from '../../domain/photo.ts'
import { requireChosenFace, withInspection } from './chosen-face.ts'

const PHOTO: Reference = { artifact: 'a'.repeat(64), name: 'group.jpg', bytes: 1, face: null, inspection: null }

/** A photo 1000 pixels wide with faces of these widths, 200 pixels apart. */
function inspection(widths: readonly number[]): PhotoInspection {
  const faces = widths.map((width, index) => {
    const eye = { x: 200 * index, y: 100 }
    const box = { x: 200 * index, y: 50, width, height: width }
    return { index, box, leftEye: eye, rightEye: eye, confidence: 1 }
  })
  const size = { width: 1000, height: 800 }
  return { ...size, mediaType: 'image/jpeg', bitsPerChannel: 8, colourSpace: 'sRGB', faces, notes: [] }
}

const chosen = (widths: readonly number[], face: number | null = null) =>
  requireChosenFace(withInspection({ ...PHOTO, face }, inspection(widths)), 0)

function refusal(run: () => unknown): StudioError {
  try {
    run()
  } catch (error) {
    if (error instanceof StudioError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

describe('the chosen face', () => {
  it('is the only one, or the one that was asked for', () => {
    expect(chosen([100]).face).toBe(0)
    expect(chosen([100, 90], 1).face).toBe(1)
  })

  it('need not be chosen against people who are too small to be meant', () => {
    expect(chosen([30, 300, 63]).face).toBe(1)
  })

  it('is the only one also where that is too small, so that its size is what is told', () => {
    expect(chosen([20]).face).toBe(0)
  })

  it('is asked for where several may be meant, with where each of them is', () => {
    const error = refusal(() => chosen([100, 20, 80]))
    expect(error).toMatchObject({ code: 'face-several', details: { reference: 0, name: 'group.jpg' } })
    expect(error.message).toContain('"group.jpg"')
    expect(error.hint).toContain('--face N')
    expect(error.hint).toContain('1 at 5 % of the width (100 pixels wide), 2 at 21 %')
    expect(error.hint).toContain('3 at 44 % of the width (80 pixels wide)')
  })

  it('must be there', () => {
    const error = refusal(() => chosen([100, 90], 4))
    expect(error).toMatchObject({ code: 'face-choice-invalid' })
    expect(error.hint).toContain('2 at')
    expect(refusal(() => chosen([])).code).toBe('face-none')
  })
})
