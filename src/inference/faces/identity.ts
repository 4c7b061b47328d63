import * as ort from 'onnxruntime-node'
import type { Point } from '../../domain/geometry.ts'
import { similarity } from '../pixels/affine.ts'
import type { Raster } from '../pixels/raster.ts'
import { openModel } from '../runtime/session.ts'
import { floatOutput } from '../runtime/tensors.ts'
import type { AnalysedFace } from './face.ts'
import { warpSquareBytes } from './face-crop.ts'
import { meanPoint } from './mesh.ts'
import { MOUTH_CORNER_LEFT, MOUTH_CORNER_RIGHT, NOSE_TIP } from './mesh-indices.ts'

const INPUT_SIDE = 150
/** Of ImageNet as dlib's ResNet-34 subtracts it (dlib, `input_rgb_image`), then divided by 256. */
const MEAN_RGB = [122.782, 117.001, 104.298] as const

/**
 * The five points of ArcFace's 112×112 template (Deng et al. 2019; insightface `face_align.py`), right eye, left eye,
 * nose, mouth corners, enlarged by 1.5 about its face centre into the 150×150 input.
 */
const TEMPLATE: readonly Point[] = [
  [38.2946, 51.6963],
  [73.5318, 51.5014],
  [56.0252, 71.7366],
  [41.5493, 92.3655],
  [70.7299, 92.2041]
].map(([x = 0, y = 0]) => ({ x: (x - 56) * 1.5 + INPUT_SIDE / 2, y: (y - 68) * 1.5 + INPUT_SIDE / 2 }))

/** 128 numbers that are near each other for photos of one person (dlib's `face_recognition_resnet_model_v1`). */
export async function embedFace(raster: Raster, face: AnalysedFace): Promise<Float32Array> {
  const { mesh } = face
  const points = [
    face.rightEye,
    face.leftEye,
    meanPoint(mesh, [NOSE_TIP]),
    meanPoint(mesh, [MOUTH_CORNER_RIGHT]),
    meanPoint(mesh, [MOUTH_CORNER_LEFT])
  ]
  const bytes = warpSquareBytes(raster, similarity(TEMPLATE, points), INPUT_SIDE)
  const session = await openModel('face-identity')
  return floatOutput(await session.run({ input: planes(bytes) }), 'embedding')
}

/** [1, 3, 150, 150]. */
function planes(bytes: Uint8Array): ort.Tensor {
  const size = INPUT_SIDE * INPUT_SIDE
  const data = new Float32Array(3 * size)
  MEAN_RGB.forEach((mean, channel) => {
    for (let i = 0; i < size; i++) data[channel * size + i] = ((bytes[i * 3 + channel] ?? 0) - mean) / 256
  })
  return new ort.Tensor('float32', data, [1, 3, INPUT_SIDE, INPUT_SIDE])
}

/** Euclidean distance of two embeddings: 0 for the same picture; below about 0.5 the same person. */
export function identityDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += ((a[i] ?? 0) - (b[i] ?? 0)) ** 2
  return Math.sqrt(sum)
}
