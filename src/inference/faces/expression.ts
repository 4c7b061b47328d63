import * as ort from 'onnxruntime-node'
import type { Raster } from '../pixels/raster.ts'
import { openModel } from '../runtime/session.ts'
import { floatOutput } from '../runtime/tensors.ts'
import type { AnalysedFace } from './face.ts'
import { cropTransform, warpSquareBytes } from './face-crop.ts'

/** In the order of the network's output. */
export const EXPRESSIONS = ['angry', 'disgust', 'fear', 'happy', 'sad', 'surprise', 'neutral'] as const
export type Expression = (typeof EXPRESSIONS)[number]

/** Probability of each expression; they add up to 1. */
export type ExpressionReading = Readonly<Record<Expression, number>>

const INPUT_SIDE = 64

/** The seven basic expressions of Ekman as the "oarriaga" model of @vladmandic/human reads them from a grey face. */
export async function readExpression(raster: Raster, face: AnalysedFace): Promise<ExpressionReading> {
  const { box } = face
  const square = {
    centre: { x: box.x + box.width / 2, y: box.y + box.height / 2 },
    side: Math.max(box.width, box.height),
    tilt: face.tilt
  }
  const bytes = warpSquareBytes(raster, cropTransform(square, INPUT_SIDE), INPUT_SIDE)
  const session = await openModel('face-expression')
  const probabilities = floatOutput(await session.run({ input: greyTensor(bytes) }), 'probabilities')
  const at = (expression: Expression) => probabilities[EXPRESSIONS.indexOf(expression)] ?? 0
  return {
    angry: at('angry'),
    disgust: at('disgust'),
    fear: at('fear'),
    happy: at('happy'),
    sad: at('sad'),
    surprise: at('surprise'),
    neutral: at('neutral')
  }
}

/** [1, 64, 64, 1] in −1..1, luma weights of ITU-R BT.601. */
function greyTensor(bytes: Uint8Array): ort.Tensor {
  const data = new Float32Array(INPUT_SIDE * INPUT_SIDE)
  for (let i = 0; i < data.length; i++) {
    const grey = 0.299 * (bytes[i * 3] ?? 0) + 0.587 * (bytes[i * 3 + 1] ?? 0) + 0.114 * (bytes[i * 3 + 2] ?? 0)
    data[i] = (grey / 255 - 0.5) * 2
  }
  return new ort.Tensor('float32', data, [1, INPUT_SIDE, INPUT_SIDE, 1])
}
