import { floatData, floats, int64s, permute } from '../onnx/constant.ts'
import { GraphBuilder, type Value } from '../onnx/graph-builder.ts'
import { type ReadShard, readWeights, type Weights, weightsManifestSchema } from '../tfjs/weights-manifest.ts'

/**
 * dlib's face recognition network, a ResNet of 29 convolutions (Davis King, "High Quality Face Recognition with Deep
 * Metric Learning", 2017), whose weights face-api carries without a graph. The graph is that of face-api's
 * FaceRecognitionNet: https://github.com/vladmandic/face-api/blob/master/src/faceRecognitionNet/FaceRecognitionNet.ts
 */
const INPUT_SIDE = 150
const EMBEDDING = 128

/** Each stage halves the picture, then refines it. */
const STAGES = [
  { halve: null, refine: ['conv32_1', 'conv32_2', 'conv32_3'] },
  { halve: 'conv64_down', refine: ['conv64_1', 'conv64_2', 'conv64_3'] },
  { halve: 'conv128_down', refine: ['conv128_1', 'conv128_2'] },
  { halve: 'conv256_down', refine: ['conv256_1', 'conv256_2'] },
  { halve: 'conv256_down_out', refine: [] }
] as const

interface Features {
  readonly value: Value
  readonly channels: number
  /** Height and width, px. */
  readonly side: number
}

/**
 * The network as ONNX: `input` [1, 3, 150, 150], normalised as its user sees fit; `output` [1, 128].
 *
 * @param manifest The parsed `face_recognition_model-weights_manifest.json`.
 * @throws StudioError `model-damaged`.
 */
export function convertFaceRecognition(
  manifest: unknown,
  readShard: ReadShard,
  names: { readonly input: string; readonly output: string }
): Uint8Array<ArrayBuffer> {
  const network = new FaceRecognition(readWeights(weightsManifestSchema.parse(manifest), readShard))
  let features = network.stem(names.input)
  for (const { halve, refine } of STAGES) {
    if (halve) features = network.halve(features, halve)
    for (const block of refine) features = network.refine(features, block)
  }
  return network.finish(features, names.output)
}

class FaceRecognition {
  readonly #graph = new GraphBuilder('face-recognition')
  readonly #weights: Weights

  constructor(weights: Weights) {
    this.#weights = weights
  }

  stem(name: string): Features {
    const input = this.#graph.input(name, 'float32', [1, 3, INPUT_SIDE, INPUT_SIDE])
    const made = this.#convolve({ value: input, channels: 3, side: INPUT_SIDE }, 'conv32_down', 2)
    const pooled = this.#graph.node('MaxPool', [this.#relu(made.value)], { kernel_shape: [3, 3], strides: [2, 2] })
    return { ...made, value: pooled, side: strided(made.side, 3) }
  }

  /** A residual block that keeps the size. */
  refine(input: Features, block: string): Features {
    const made = this.#convolveTwice(input, block, 1)
    return { ...made, value: this.#relu(this.#graph.node('Add', [made.value, input.value])) }
  }

  /** A residual block that halves the size: its shortcut is a mean, with zeros for the channels that are new. */
  halve(input: Features, block: string): Features {
    const made = this.#convolveTwice(input, block, 2)
    const kernel = { kernel_shape: [2, 2], strides: [2, 2] }
    const pooled = { value: this.#graph.node('AveragePool', [input.value], kernel), side: strided(input.side, 2) }
    // Where halving is uneven the convolutions lose a row and a column, which come back as zeros.
    const residual = this.#padEnd(made.value, 0, pooled.side - made.side)
    const shortcut = this.#padEnd(pooled.value, made.channels - input.channels, 0)
    return { ...made, value: this.#relu(this.#graph.node('Add', [shortcut, residual])), side: pooled.side }
  }

  finish({ value }: Features, name: string): Uint8Array<ArrayBuffer> {
    const mean = this.#graph.node('ReduceMean', [value], { axes: [2, 3], keepdims: 0 })
    const embedding = this.#graph.node('MatMul', [mean, this.#graph.constant(this.#weights.get('fc'))])
    this.#graph.output(name, embedding, 'float32', [1, EMBEDDING])
    return this.#graph.toModel()
  }

  #convolveTwice(input: Features, block: string, stride: number): Features {
    const first = this.#convolve(input, `${block}/conv1`, stride)
    return this.#convolve({ ...first, value: this.#relu(first.value) }, `${block}/conv2`, 1)
  }

  /** A convolution with its scale, (w * x + b) · s + t, folded into (w · s) * x + (b · s + t). */
  #convolve(input: Features, layer: string, stride: number): Features {
    const scale = floatData(this.#weights.get(`${layer}/scale/weights`))
    const shift = floatData(this.#weights.get(`${layer}/scale/biases`))
    const bias = floatData(this.#weights.get(`${layer}/conv/bias`))
    // Filters are [h, w, in, out].
    const filters = permute(this.#weights.get(`${layer}/conv/filters`), [3, 2, 0, 1])
    const [channels = 0, , kernel = 0] = filters.dims
    const perChannel = filters.data.length / channels
    const scaled = floatData(filters).map((weight, i) => weight * (scale[Math.floor(i / perChannel)] ?? 0))
    const addend = bias.map((value, channel) => value * (scale[channel] ?? 0) + (shift[channel] ?? 0))
    const inputs = [
      input.value,
      this.#graph.constant(floats(filters.dims, scaled)),
      this.#graph.constant(floats([channels], addend))
    ]
    const auto_pad = stride === 1 ? 'SAME_UPPER' : 'VALID'
    const attributes = { kernel_shape: [kernel, kernel], strides: [stride, stride], auto_pad }
    const side = stride === 1 ? input.side : strided(input.side, kernel)
    return { value: this.#graph.node('Conv', inputs, attributes), channels, side }
  }

  #relu(value: Value): Value {
    return this.#graph.node('Relu', [value])
  }

  #padEnd(value: Value, channels: number, rows: number): Value {
    if (channels === 0 && rows === 0) return value
    return this.#graph.node('Pad', [value, this.#graph.constant(int64s([0, 0, 0, 0, 0, channels, rows, rows]))])
  }
}

/** Positions of a window that moves two pixels at a time and never leaves the picture. */
function strided(side: number, window: number): number {
  return Math.floor((side - window) / 2) + 1
}
