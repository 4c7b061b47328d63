import { z } from 'zod'
import { StudioError } from '../../../src/domain/errors.ts'
import { floats, permute } from '../onnx/constant.ts'
import { GraphBuilder, type Value } from '../onnx/graph-builder.ts'
import { type ReadShard, readWeights, type Weights, weightsManifestSchema } from './weights-manifest.ts'

/** Where a layer's input comes from: name of the layer, its node, its tensor, arguments. */
const inboundSchema = z.tuple([z.string(), z.literal(0), z.literal(0), z.object({})]).rest(z.never())

const layerSchema = z.object({
  name: z.string(),
  class_name: z.string(),
  config: z.record(z.string(), z.unknown()),
  /** One list of inputs for each use of the layer; an input layer has none. */
  inbound_nodes: z.array(z.array(inboundSchema)).max(1)
})
type Layer = z.infer<typeof layerSchema>

const outputSchema = z.tuple([z.string(), z.literal(0), z.literal(0)])

/** A Keras functional model as TensorFlow.js saves it: https://github.com/tensorflow/tfjs/tree/master/tfjs-layers */
const layersModelSchema = z.object({
  modelTopology: z.object({
    model_config: z.object({
      config: z.object({ layers: z.array(layerSchema), output_layers: z.tuple([outputSchema]) })
    })
  }),
  weightsManifest: weightsManifestSchema
})

const pair = z.tuple([z.int().positive(), z.int().positive()])
const activationSchema = z.enum(['linear', 'relu'])
const convolutionSchema = z.object({
  strides: z.tuple([z.literal(1), z.literal(1)]),
  padding: z.enum(['same', 'valid']),
  dilation_rate: z.tuple([z.literal(1), z.literal(1)]),
  groups: z.literal(1),
  activation: activationSchema,
  use_bias: z.literal(true)
})
const upSamplingSchema = z.object({ size: pair, interpolation: z.literal('nearest') })
const concatenateSchema = z.object({ axis: z.union([z.literal(-1), z.literal(3)]) })

/**
 * A fully convolutional Keras model as ONNX, channels first and for pictures of any size: [1, channels, height, width].
 *
 * @param json The parsed `model.json`.
 * @throws StudioError `model-damaged`, `model-unsupported`.
 */
export function convertLayersModel(
  json: unknown,
  readShard: ReadShard,
  names: { readonly input: string; readonly output: string; readonly channels: number; readonly scale: number }
): Uint8Array<ArrayBuffer> {
  const { modelTopology, weightsManifest } = layersModelSchema.parse(json)
  const { layers, output_layers } = modelTopology.model_config.config
  const weights = readWeights(weightsManifest, readShard)
  const graph = new GraphBuilder('layers-model')
  const made = new Map<string, Value>()
  for (const layer of layers) {
    const inputs = (layer.inbound_nodes[0] ?? []).map(([name]) => known(made, name))
    made.set(
      layer.name,
      layer.class_name === 'InputLayer'
        ? graph.input(names.input, 'float32', [1, names.channels, 'height', 'width'])
        : convertLayer(graph, layer, inputs, weights)
    )
  }
  const [[name]] = output_layers
  const [height, width] = [`${names.scale}*height`, `${names.scale}*width`]
  graph.output(names.output, known(made, name), 'float32', [1, names.channels, height, width])
  return graph.toModel()
}

function convertLayer(graph: GraphBuilder, layer: Layer, inputs: readonly Value[], weights: Weights): Value {
  switch (layer.class_name) {
    case 'Conv2D':
      return convolution(graph, layer, inputs, weights)
    case 'Activation':
      return activated(graph, inputs, configured(layer, z.object({ activation: activationSchema })).activation)
    case 'Concatenate':
      configured(layer, concatenateSchema)
      return graph.node('Concat', inputs, { axis: 1 })
    case 'Add':
      return graph.node('Sum', inputs)
    case 'UpSampling2D': {
      const scales = graph.constant(floats([4], [1, 1, ...configured(layer, upSamplingSchema).size]))
      const attributes = { mode: 'nearest', coordinate_transformation_mode: 'asymmetric', nearest_mode: 'floor' }
      return graph.node('Resize', [...inputs, null, scales], attributes)
    }
    default:
      throw unsupported(layer)
  }
}

function convolution(graph: GraphBuilder, layer: Layer, inputs: readonly Value[], weights: Weights): Value {
  const { strides, padding, activation } = configured(layer, convolutionSchema)
  // Kernels are [h, w, in, out].
  const kernel = permute(weights.get(`${layer.name}/kernel`), [3, 2, 0, 1])
  const bias = weights.get(`${layer.name}/bias`)
  const auto_pad = padding === 'same' ? 'SAME_UPPER' : 'VALID'
  const attributes = { kernel_shape: kernel.dims.slice(2), strides, auto_pad }
  const made = graph.node('Conv', [...inputs, graph.constant(kernel), graph.constant(bias)], attributes)
  return activated(graph, [made], activation)
}

function activated(graph: GraphBuilder, inputs: readonly Value[], activation: z.infer<typeof activationSchema>): Value {
  const [input, ...others] = inputs
  if (!input || others.length > 0) throw new StudioError('model-damaged', 'An activation takes one input.')
  switch (activation) {
    case 'linear':
      return input
    case 'relu':
      return graph.node('Relu', [input])
  }
}

function configured<T>(layer: Layer, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(layer.config)
  if (parsed.success) return parsed.data
  throw unsupported(layer, parsed.error)
}

function known(made: ReadonlyMap<string, Value>, name: string): Value {
  const value = made.get(name)
  if (value) return value
  throw new StudioError('model-damaged', `The layer "${name}" is used before it is made.`)
}

function unsupported({ name, class_name }: Layer, cause?: unknown): StudioError {
  const message = `The layer "${name}" is a ${class_name} of a kind that we cannot convert.`
  return new StudioError('model-unsupported', message, { cause })
}
