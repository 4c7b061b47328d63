import { describe, expect, it } from 'vitest'
import { StudioError } from '../../domain/errors.ts'
import { faceSummarySchema } from '../../domain/photo.ts'
import { chooseFace } from './choose.ts'
import type { AnalysedFace } from './face.ts'

function face(index: number, width: number): AnalysedFace {
  const eye = { x: index * 100 + 10, y: 20 }
  return {
    index,
    box: { x: index * 100, y: 0, width, height: width },
    keypoints: [],
    confidence: 0.9,
    mesh: { points: [], presence: 1 },
    leftEye: eye,
    rightEye: eye,
    tilt: 0
  }
}

function refusal(run: () => unknown): StudioError {
  try {
    run()
  } catch (error) {
    if (error instanceof StudioError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

describe('chooseFace', () => {
  it('takes the only face, or the one that was chosen', () => {
    expect(chooseFace([face(0, 100)], null).index).toBe(0)
    expect(chooseFace([face(0, 100), face(1, 90)], 1).index).toBe(1)
  })

  it('does not ask about people too small to be meant', () => {
    expect(chooseFace([face(0, 30), face(1, 300), face(2, 63)], null).index).toBe(1)
  })

  it('refuses a photo without a face', () => {
    expect(refusal(() => chooseFace([], null)).code).toBe('face-none')
    expect(refusal(() => chooseFace([], 0)).code).toBe('face-none')
  })

  it('asks which of several, lists them, and says how to choose', () => {
    const error = refusal(() => chooseFace([face(0, 100), face(1, 90)], null))
    expect(error.code).toBe('face-several')
    expect(error.hint).toContain('--face')
    const faces = faceSummarySchema.array().parse(error.details?.faces)
    expect(faces.map((each) => each.index)).toEqual([0, 1])
    expect(faces[1]?.box).toEqual({ x: 100, y: 0, width: 90, height: 90 })
  })

  it('refuses a face of 20 pixels, chosen or not', () => {
    expect(refusal(() => chooseFace([face(0, 20)], null)).code).toBe('face-too-small')
    expect(refusal(() => chooseFace([face(0, 20)], 0)).message).toContain('20 pixels')
  })

  it('judges size and reports boxes in pixels of the original photo', () => {
    // 40 px in a picture a quarter as large are 160 px of the photo.
    expect(chooseFace([face(0, 40)], null, 0.25).index).toBe(0)
    const error = refusal(() => chooseFace([face(0, 15)], null, 0.25))
    expect(error.code).toBe('face-too-small')
    expect(error.details?.width).toBe(60)
  })

  it('refuses a choice that is not there', () => {
    expect(refusal(() => chooseFace([face(0, 100)], 1)).code).toBe('face-choice-invalid')
    expect(refusal(() => chooseFace([face(0, 100)], -1)).code).toBe('face-choice-invalid')
  })
})
