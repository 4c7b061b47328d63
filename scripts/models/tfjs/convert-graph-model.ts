import { StudioError } from '../../../src/domain/errors.ts'
import { ChannelsLastGraph, type Operand, Picture } from '../channels-last/channels-last-graph.ts'
import { GraphBuilder } from '../onnx/graph-builder.ts'
import { GraphModelNode, graphModelSchema } from './graph-model-node.ts'
import { convertNode } from './graph-model-operators.ts'
import { type ReadShard, readWeights } from './weights-manifest.ts'

export interface GraphModelNames {
  readonly input: string
  readonly output: string
  /** Shape of the output, which the file does not tell. */
  readonly outputShape: readonly number[]
}

/**
 * A TensorFlow.js graph model with one input and one output as ONNX, for a batch of one; both keep their layout.
 *
 * @param json The parsed `model.json`.
 * @throws StudioError `model-damaged`, `model-unsupported`.
 */
export function convertGraphModel(
  json: unknown,
  readShard: ReadShard,
  names: GraphModelNames
): Uint8Array<ArrayBuffer> {
  const { modelTopology, weightsManifest } = graphModelSchema.parse(json)
  const weights = readWeights(weightsManifest, readShard)
  const nodes = new Map(modelTopology.node.map((node) => [node.name, new GraphModelNode(node)]))
  const builder = new GraphBuilder('graph-model')
  const graph = new ChannelsLastGraph(builder)
  const made = new Map<string, Picture>()

  const resolve = (name: string): Operand => {
    const known = made.get(name) ?? weights.find(name)
    if (known) return known
    const node = nodes.get(name)
    if (!node) throw new StudioError('model-damaged', `The model has no node "${name}".`)
    const picture = node.operation === 'Placeholder' ? placeholder(node) : convertNode(node, { graph, resolve })
    made.set(name, picture)
    return picture
  }

  const placeholder = (node: GraphModelNode): Picture => {
    const shape = node.shape('shape').map((size) => (size < 0 ? 1 : size))
    return graph.fromLast(builder.input(names.input, 'float32', shape), shape.length)
  }

  const output = resolve(onlyOutput([...nodes.values()]).name)
  if (!(output instanceof Picture)) throw new StudioError('model-unsupported', 'The output of the model is constant.')
  builder.output(names.output, graph.last(output), 'float32', names.outputShape)
  return builder.toModel()
}

/** The one node that no other takes. */
function onlyOutput(nodes: readonly GraphModelNode[]): GraphModelNode {
  const taken = new Set(nodes.flatMap((node) => node.inputs))
  const [output, ...others] = nodes.filter((node) => node.operation !== 'Const' && !taken.has(node.name))
  if (output && others.length === 0) return output
  throw new StudioError('model-unsupported', `The model has ${others.length + (output ? 1 : 0)} outputs, not one.`)
}
