import { describe, expect, it } from 'vitest'
import type { AnalysedFace } from '../faces/face.ts'
import { CHIN, FOREHEAD } from '../faces/mesh-indices.ts'
import { createRaster } from '../pixels/raster.ts'
import type { PersonMaps } from './person-maps.ts'
import { silhouette } from './silhouette.ts'

const [SIDE, FACE, MIDDLE] = [200, 40, 100]
const CHIN_Y = 70

function faceAtTop(): AnalysedFace {
  const points = Array.from({ length: 468 }, () => ({ x: MIDDLE, y: 50, z: 0 }))
  points[FOREHEAD] = { x: MIDDLE, y: 30, z: 0 }
  points[CHIN] = { x: MIDDLE, y: CHIN_Y, z: 0 }
  return {
    index: 0,
    box: { x: MIDDLE - FACE / 2, y: 30, width: FACE, height: FACE },
    keypoints: [],
    confidence: 1,
    mesh: { points, presence: 1 },
    rightEye: { x: 92, y: 45 },
    leftEye: { x: 108, y: 45 },
    tilt: 0
  }
}

/** Somebody who fills the picture, but for a square that the parsing takes for background. */
function outlineWithHole(x: number, y: number, edge: number) {
  const margin = new Float32Array(SIDE * SIDE).fill(4)
  for (let row = y; row < y + edge; row++) margin.fill(-4, row * SIDE + x, row * SIDE + x + edge)
  return outlineOf(margin)[(y + edge / 2) * SIDE + x + edge / 2] ?? Number.NaN
}

function outlineOf(margin: Float32Array): Float32Array {
  const none = new Float32Array(SIDE * SIDE)
  const planes = { margin, hair: none, bodySkin: none, faceSkin: none, clothes: none, other: none }
  const maps: PersonMaps = { width: SIDE, height: SIDE, scale: 1, ...planes }
  const claim = createRaster(SIDE, SIDE, 1)
  claim.data.fill(1)
  return silhouette(faceAtTop(), maps, claim).data
}

describe('silhouette', () => {
  it.each([
    ['a shining collar before the chest', 85, 100, 20, 1],
    ['the place seen between arm and body', 150, 100, 20, 0],
    ['a button, wherever it is', 150, 100, 8, 1],
    ['what is too large for anything worn', 125, 110, 40, 0],
    ['a book held before the chest', 80, 100, 36, 1]
  ])('%s', (_, x, y, edge, expected) => {
    expect(outlineWithHole(x, y, edge)).toBeCloseTo(expected, 1)
  })

  it.each([
    ['a microphone on its stand, with the jacket on both sides', 94, 12, 1],
    ['the place beside an arm, down to the lower edge', 150, 12, 0]
  ])('%s', (_, x, across, expected) => {
    const margin = new Float32Array(SIDE * SIDE).fill(4)
    for (let row = 120; row < SIDE; row++) margin.fill(-4, row * SIDE + x, row * SIDE + x + across)
    expect(outlineOf(margin)[180 * SIDE + x + across / 2]).toBeCloseTo(expected, 1)
  })

  it('leaves the place seen through a loop of hair, small as it is', () => {
    const margin = new Float32Array(SIDE * SIDE).fill(4)
    for (let row = 0; row < SIDE; row++) margin.fill(-4, row * SIDE + 150, (row + 1) * SIDE)
    const draw = (x: number, y: number, width: number, height: number) => {
      for (let row = y; row < y + height; row++) margin.fill(4, row * SIDE + x, row * SIDE + x + width)
    }
    draw(150, 80, 12, 2)
    draw(150, 90, 12, 2)
    draw(160, 80, 2, 12)
    const outline = outlineOf(margin)
    expect(outline[86 * SIDE + 155]).toBeCloseTo(0, 1)
    expect(outline[86 * SIDE + 140]).toBeCloseTo(1, 1)
  })

  it('does not fill the place between the chest and a lock that stands off beside it', () => {
    const margin = new Float32Array(SIDE * SIDE).fill(4)
    for (let row = 0; row < SIDE; row++) margin.fill(-4, row * SIDE, row * SIDE + 95)
    margin.fill(4, 80 * SIDE + 74, 80 * SIDE + 95)
    margin.fill(4, 81 * SIDE + 74, 81 * SIDE + 95)
    for (let row = 80; row < 96; row++) margin.fill(4, row * SIDE + 74, row * SIDE + 76)
    expect(outlineOf(margin)[90 * SIDE + 85]).toBeCloseTo(0, 1)
  })

  it('ends where the body does, whatever stands below it', () => {
    const margin = new Float32Array(SIDE * SIDE).fill(4)
    margin.fill(-4, 150 * SIDE)
    expect(outlineOf(margin)[170 * SIDE + MIDDLE]).toBeCloseTo(0, 1)
  })
})
