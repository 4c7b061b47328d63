import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AnalysedFace } from './face.ts'
import { headExtent, ovalBounds } from './head.ts'
import { FACE_OVAL } from './mesh-indices.ts'

/** A face whose outline is an ellipse 100 wide and as high as said, with its chin at y = 440. */
function ellipticFace(height = 140): AnalysedFace {
  const points = Array.from({ length: 468 }, () => ({ x: 400, y: 370, z: 0 }))
  FACE_OVAL.forEach((index, i) => {
    const angle = (i / FACE_OVAL.length) * 2 * Math.PI
    points[index] = { x: 400 + 50 * Math.sin(angle), y: 440 - (height / 2) * (1 + Math.cos(angle)), z: 0 }
  })
  return {
    index: 0,
    box: { x: 350, y: 300, width: 100, height: 140 },
    keypoints: [],
    confidence: 1,
    mesh: { points, presence: 1 },
    leftEye: { x: 420, y: 350 },
    rightEye: { x: 380, y: 350 },
    tilt: 0
  }
}

describe('headExtent', () => {
  const face = ellipticFace()

  it('takes the outline of the mesh for the face', () => {
    expect(ovalBounds(face).y).toBeCloseTo(300, 6)
    expect(ovalBounds(face).height).toBeCloseTo(140, 6)
  })

  it('finds where the hair ends, wherever that is above the face', () => {
    fc.assert(
      fc.property(fc.double({ min: 180, max: 288, noNaN: true }), (top) => {
        const { crown, chin, height } = headExtent(face, ({ y }) => y >= top)
        expect(Math.abs(crown - top)).toBeLessThan(1)
        expect(chin).toBeCloseTo(440, 6)
        expect(height).toBeCloseTo(chin - crown, 9)
      })
    )
  })

  it('gives a bald head its skull, and does not follow a background that looks like hair for ever', () => {
    expect(headExtent(face, () => false).crown).toBeCloseTo(300 - 0.08 * 140, 6)
    expect(headExtent(face, () => true).crown).toBeGreaterThan(300 - 140)
  })

  it('finds the crown of a bowed head, whose face is seen shortened and whose hair is not', () => {
    const { crown, cut } = headExtent(ellipticFace(90), ({ y }) => y >= 235)
    expect(Math.abs(crown - 235)).toBeLessThan(1)
    expect(cut).toBe(false)
  })

  it('is not misled by a few columns: a raised finger, stray hair', () => {
    const withFinger = headExtent(face, ({ x, y }) => y >= 260 || Math.abs(x - 380) < 3)
    expect(Math.abs(withFinger.crown - 260)).toBeLessThan(1)
  })

  it('tells that the head reaches the upper edge', () => {
    const high = { ...face, mesh: { ...face.mesh, points: face.mesh.points.map((p) => ({ ...p, y: p.y - 250 })) } }
    expect(headExtent(high, ({ y }) => y >= 0).cut).toBe(true)
    expect(headExtent(face, ({ y }) => y >= 260).cut).toBe(false)
  })
})
