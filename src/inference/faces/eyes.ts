import * as ort from 'onnxruntime-node'
import type { Point } from '../../domain/geometry.ts'
import { type Affine, apply } from '../pixels/affine.ts'
import type { Raster } from '../pixels/raster.ts'
import { openModel } from '../runtime/session.ts'
import { floatOutput, floatsOf } from '../runtime/tensors.ts'
import type { AnalysedFace } from './face.ts'
import { cropTransform, warpSquareBytes } from './face-crop.ts'
import { tiltBetween } from './mesh.ts'
import { LEFT_EYE_CORNERS, RIGHT_EYE_CORNERS } from './mesh-indices.ts'

/** One eye as it is seen. */
export interface Eye {
  /** Eye aspect ratio: height of the opening over its width; about 0.2–0.4 open, below 0.16 closed. */
  readonly openness: number
  /** The edge of the lids, 16 points around, px of the picture. */
  readonly contour: readonly Point[]
}

/** The person's own left and right eye. */
export interface Eyes {
  readonly left: Eye
  readonly right: Eye
}

const INPUT_SIDE = 64
/** Edge of the square cut out around an eye, in widths of the eye (MediaPipe's iris landmark graph). */
const CONTEXT = 2.3

/**
 * The lids of both eyes from MediaPipe's iris model (model card "MediaPipe Iris", 2020), which is trained on left eyes:
 * the right one is mirrored. The 468-point mesh alone hardly tells closed lids (see docs/measurements.md).
 */
export async function findEyes(raster: Raster, face: AnalysedFace): Promise<Eyes> {
  return {
    left: await findEye(raster, face, LEFT_EYE_CORNERS, false),
    right: await findEye(raster, face, RIGHT_EYE_CORNERS, true)
  }
}

/** Points of the model's eye: the lower lid from corner to corner, then the upper lid back. */
const LOWER_LID = 9
const CONTOUR = 16
const CORNERS = [0, 8] as const
const OPPOSITE = [
  [11, 3],
  [13, 5]
] as const

async function findEye(
  raster: Raster,
  face: AnalysedFace,
  [inner, outer]: readonly [number, number],
  mirrored: boolean
): Promise<Eye> {
  const from = face.mesh.points[inner] ?? face.leftEye
  const to = face.mesh.points[outer] ?? face.leftEye
  const square = {
    centre: { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 },
    side: Math.max(1, Math.hypot(to.x - from.x, to.y - from.y)) * CONTEXT,
    tilt: mirrored ? tiltBetween(to, from) : tiltBetween(from, to)
  }
  const upright = cropTransform(square, INPUT_SIDE)
  const transform = mirrored ? mirror(upright) : upright
  const bytes = warpSquareBytes(raster, transform, INPUT_SIDE)
  const input = new ort.Tensor('float32', floatsOf(bytes, 255, 0), [1, INPUT_SIDE, INPUT_SIDE, 3])
  const session = await openModel('eye-contours')
  const landmarks = floatOutput(await session.run({ input }), 'landmarks')
  const points = Array.from({ length: CONTOUR }, (_, index) =>
    apply(transform, { x: landmarks[index * 3] ?? 0, y: landmarks[index * 3 + 1] ?? 0 })
  )
  return { openness: aspectRatio(points), contour: outline(points) }
}

/** The same square with its columns in reverse. */
function mirror([a, b, c, d, e, f]: Affine): Affine {
  return [-a, b, c + a * INPUT_SIDE, -d, e, f + d * INPUT_SIDE]
}

/**
 * EAR = (|p2 p6| + |p3 p5|) / (2 |p1 p4|), Soukupová and Čech, "Real-Time Eye Blink Detection using Facial Landmarks",
 * CVWW 2016, equation 1; it depends on neither size nor tilt.
 */
function aspectRatio(points: readonly Point[]): number {
  const distance = ([from, to]: readonly [number, number]) => {
    const a = points[from]
    const b = points[to]
    return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0
  }
  const width = distance(CORNERS)
  return width > 0 ? OPPOSITE.reduce((sum, pair) => sum + distance(pair), 0) / (2 * width) : 0
}

/** Both lids run from the inner corner outwards; the upper one is turned round to close the outline. */
function outline(points: readonly Point[]): Point[] {
  return [...points.slice(0, LOWER_LID), ...points.slice(LOWER_LID).reverse()]
}
