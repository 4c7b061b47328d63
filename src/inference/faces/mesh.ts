import * as ort from 'onnxruntime-node'
import type { Box, Point } from '../../domain/geometry.ts'
import { apply } from '../pixels/affine.ts'
import type { Raster } from '../pixels/raster.ts'
import { openModel } from '../runtime/session.ts'
import { floatOutput, floatsOf } from '../runtime/tensors.ts'
import type { DetectedFace, FaceMesh, MeshPoint } from './face.ts'
import { type CropSquare, cropTransform, warpSquareBytes } from './face-crop.ts'
import { LEFT_EYE, LEFT_EYE_CORNERS, RIGHT_EYE, RIGHT_EYE_CORNERS } from './mesh-indices.ts'
import { sigmoid } from './sigmoid.ts'

const INPUT_SIDE = 192
const POINTS = 468
/** MediaPipe's face landmark graph enlarges the face's rectangle by this before it is cut out. */
const CONTEXT = 1.5

/** The mesh of a detected face: once from the detector's box, then again from the square the first mesh asks for. */
export async function fitMesh(raster: Raster, face: DetectedFace): Promise<FaceMesh> {
  const [rightEye, leftEye] = face.keypoints
  const first = await runMesh(raster, squareAround(face.box, tiltBetween(rightEye, leftEye)))
  if (first.presence < MIN_PRESENCE) return first
  return runMesh(
    raster,
    squareAround(
      boundsOf(first.points),
      tiltBetween(first.points[RIGHT_EYE_CORNERS[1]], first.points[LEFT_EYE_CORNERS[1]])
    )
  )
}

/** Below this probability what the detector found is no face; MediaPipe's default. */
export const MIN_PRESENCE = 0.5

/** Mean of some points of the mesh. */
export function meanPoint(mesh: FaceMesh, indices: readonly number[]): Point {
  let x = 0
  let y = 0
  for (const index of indices) {
    x += mesh.points[index]?.x ?? 0
    y += mesh.points[index]?.y ?? 0
  }
  return { x: x / indices.length, y: y / indices.length }
}

export const eyeCentres = (mesh: FaceMesh) => ({
  leftEye: meanPoint(mesh, LEFT_EYE),
  rightEye: meanPoint(mesh, RIGHT_EYE)
})

/** Degrees of the line from the person's right to the left; positive is clockwise as seen in the picture. */
export function tiltBetween(right: Point | undefined, left: Point | undefined): number {
  if (!right || !left) return 0
  return (Math.atan2(left.y - right.y, left.x - right.x) * 180) / Math.PI
}

function boundsOf(points: readonly Point[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { x, y } of points) {
    left = Math.min(left, x)
    top = Math.min(top, y)
    right = Math.max(right, x)
    bottom = Math.max(bottom, y)
  }
  return { x: left, y: top, width: right - left, height: bottom - top }
}

function squareAround(box: Box, tilt: number): CropSquare {
  return {
    centre: { x: box.x + box.width / 2, y: box.y + box.height / 2 },
    side: Math.max(box.width, box.height) * CONTEXT,
    tilt
  }
}

async function runMesh(raster: Raster, square: CropSquare): Promise<FaceMesh> {
  const transform = cropTransform(square, INPUT_SIDE)
  const bytes = warpSquareBytes(raster, transform, INPUT_SIDE)
  const input = new ort.Tensor('float32', floatsOf(bytes, 255, 0), [1, INPUT_SIDE, INPUT_SIDE, 3])
  const session = await openModel('face-landmarks')
  const outputs = await session.run({ input })
  const landmarks = floatOutput(outputs, 'landmarks')
  const depthScale = square.side / INPUT_SIDE
  const points = Array.from({ length: POINTS }, (_, index): MeshPoint => {
    const inCrop = { x: landmarks[index * 3] ?? 0, y: landmarks[index * 3 + 1] ?? 0 }
    return { ...apply(transform, inCrop), z: (landmarks[index * 3 + 2] ?? 0) * depthScale }
  })
  return { points, presence: sigmoid(floatOutput(outputs, 'presence')[0] ?? Number.NEGATIVE_INFINITY) }
}
