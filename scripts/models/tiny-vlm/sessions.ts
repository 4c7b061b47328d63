import { ELEMENT_TYPES, floats, int64s, scalar } from '../onnx/constant.ts'
import { GraphBuilder, type Value } from '../onnx/graph-builder.ts'
import { PICTURE_FEATURES, type TinyWeights } from './weights.ts'

/**
 * Every token is told apart from every other, and pictures from tokens.
 * `input_ids` [batch, sequence] → `inputs_embeds` [batch, sequence, hidden].
 */
export function embedTokens(vocabulary: number, { hidden }: TinyWeights): Uint8Array {
  const graph = new GraphBuilder('embed_tokens')
  const ids = graph.input('input_ids', 'int64', ['batch_size', 'sequence_length'])
  const table = new Float32Array(vocabulary * hidden)
  for (let token = 0; token < vocabulary; token++) table[token * hidden + token] = 1
  const embeds = graph.node('Gather', [graph.constant(floats([vocabulary, hidden], table)), ids])
  graph.output('inputs_embeds', embeds, 'float32', ['batch_size', 'sequence_length', hidden])
  return graph.toModel()
}

/**
 * The mean colour of each tile, where the mask shows it.
 * `pixel_values` [batch, tiles, 3, height, width] in −1..1, `pixel_attention_mask` [batch, tiles, height, width]
 * → `image_features` [batch · tiles, tokens, hidden].
 */
export function visionEncoderOfTiles(tokensOfTile: number, { hidden }: TinyWeights): Uint8Array {
  const graph = new GraphBuilder('vision_encoder')
  const pixels = graph.input('pixel_values', 'float32', ['batch_size', 'num_images', 3, 'height', 'width'])
  const mask = graph.input('pixel_attention_mask', 'bool', ['batch_size', 'num_images', 'height', 'width'])
  const shown = graph.node('Unsqueeze', [
    graph.node('Cast', [mask], { to: ELEMENT_TYPES.float32 }),
    graph.constant(int64s([2]))
  ])
  const overPixels = graph.constant(int64s([3, 4]))
  const sum = graph.node('ReduceSum', [graph.node('Mul', [pixels, shown]), overPixels], { keepdims: 0 })
  const count = graph.node('ReduceSum', [shown, overPixels], { keepdims: 0 })
  const features = featuresOf(graph, graph.node('Div', [sum, count]), [-1, 1, 3], hidden)
  const repeated = graph.node('Tile', [features, graph.constant(int64s([1, tokensOfTile, 1]))])
  graph.output('image_features', repeated, 'float32', ['image_count', tokensOfTile, hidden])
  return graph.toModel()
}

/**
 * The mean colour of what becomes one token: `merged` · `merged` patches, one after the other, each `values` numbers of
 * red, then of green, then of blue, in −1..1.
 * `pixel_values` [patches, 3 · values], `grid_thw` [pictures, 3] → `image_features` [tokens, hidden].
 */
export function visionEncoderOfPatches(
  { merged, values }: { readonly merged: number; readonly values: number },
  { hidden }: TinyWeights
): Uint8Array {
  const graph = new GraphBuilder('vision_encoder')
  const pixels = graph.input('pixel_values', 'float32', ['patches', 3 * values])
  const grid = graph.input('grid_thw', 'int64', ['picture_count', 3])
  const split = graph.node('Reshape', [pixels, graph.constant(int64s([-1, merged ** 2, 3, values]))])
  const mean = graph.node('ReduceMean', [split], { axes: [1, 3], keepdims: 0 })
  const features = featuresOf(graph, mean, [-1, 3], hidden)
  // Of as many tokens as the grid says: another grid than that of the pixels is a fault, as in the real one.
  const patches = graph.node('ReduceProd', [grid], { axes: [1], keepdims: 0 })
  const tokens = graph.node('Div', [
    graph.node('ReduceSum', [patches, graph.constant(int64s([0]))], { keepdims: 1 }),
    graph.constant(int64s([merged ** 2]))
  ])
  const shape = graph.node('Concat', [tokens, graph.constant(int64s([hidden]))], { axis: 0 })
  graph.output('image_features', graph.node('Reshape', [features, shape]), 'float32', ['image_tokens', hidden])
  return graph.toModel()
}

/** Mean colours in −1..1 as what they add to the hidden state: each channel in 0..1, and that there is a picture. */
function featuresOf(graph: GraphBuilder, mean: Value, shape: readonly number[], hidden: number): Value {
  const colour = graph.node('Mul', [graph.node('Add', [mean, graph.constant(scalar(1))]), graph.constant(scalar(0.5))])
  const places = new Float32Array(3 * hidden)
  const bias = new Float32Array(hidden)
  for (let channel = 0; channel < 3; channel++) places[channel * hidden + hidden - PICTURE_FEATURES + channel] = 1
  bias[hidden - 1] = 1
  return graph.node('Add', [
    graph.node('MatMul', [
      graph.node('Reshape', [colour, graph.constant(int64s(shape))]),
      graph.constant(floats([3, hidden], places))
    ]),
    graph.constant(floats([hidden], bias))
  ])
}

/**
 * One layer whose values are what was said, and whose one head attends to all of it alike.
 * `inputs_embeds`, `attention_mask`, `position_ids` [batch, length] or [3, batch, length], `past_key_values.0.key|value` [batch, 1, past, hidden]
 * → `logits` [batch, 1, vocabulary], of the last place, as of a real one that is told `num_logits_to_keep`;
 * `present.0.key|value`.
 */
export function decoder(vocabulary: number, weights: TinyWeights, positionAxes: 1 | 3): Uint8Array {
  const { hidden } = weights
  const graph = new GraphBuilder('decoder_model_merged')
  const node = graph.node.bind(graph)
  const past = ['batch_size', 1, 'past_sequence_length', hidden]
  const embeds = graph.input('inputs_embeds', 'float32', ['batch_size', 'sequence_length', hidden])
  const mask = graph.input('attention_mask', 'int64', ['batch_size', 'total_sequence_length'])
  const flat = ['batch_size', 'sequence_length']
  const positions = graph.input('position_ids', 'int64', positionAxes === 1 ? flat : [positionAxes, ...flat])
  const pastKey = graph.input('past_key_values.0.key', 'float32', past)
  const pastValue = graph.input('past_key_values.0.value', 'float32', past)

  const asFloat = (value: Value) => node('Cast', [value], { to: ELEMENT_TYPES.float32 })
  const unsqueeze = (value: Value, axis: number) => node('Unsqueeze', [value, graph.constant(int64s([axis]))])
  const matrix = (value: Value, weight: keyof Omit<TinyWeights, 'hidden'>) =>
    node('MatMul', [value, graph.constant(weights[weight])])
  const plus = (a: Value, b: Value) => node('Add', [a, b])
  const times = (a: Value, b: Value) => node('Mul', [a, b])
  const atMost = (value: Value, most: number) => node('Min', [value, graph.constant(scalar(most))])

  const isShown = asFloat(unsqueeze(mask, -1))
  const length = node('Shape', [embeds])
  const count = node('Slice', [length, graph.constant(int64s([1])), graph.constant(int64s([2]))])
  const fromEnd = node('Neg', [count])
  const shownNow = node('Slice', [isShown, fromEnd, graph.constant(int64s([2 ** 31])), graph.constant(int64s([1]))])
  const here = unsqueeze(times(embeds, shownNow), 1)
  const at =
    positionAxes === 1
      ? asFloat(positions)
      : node('ReduceSum', [asFloat(positions), graph.constant(int64s([0]))], { keepdims: 0 })
  const key = times(here, unsqueeze(unsqueeze(at, -1), 1))
  graph.output('present.0.key', node('Concat', [pastKey, key], { axis: 2 }), 'float32', past)
  graph.output('present.0.value', node('Concat', [pastValue, here], { axis: 2 }), 'float32', past)

  const allSaid = (value: Value) => node('ReduceSum', [value, graph.constant(int64s([2]))], { keepdims: 1 })
  const said = node('Squeeze', [plus(allSaid(pastValue), allSaid(here)), graph.constant(int64s([1]))])
  const last = node('Slice', [
    embeds,
    graph.constant(int64s([-1])),
    graph.constant(int64s([2 ** 31])),
    graph.constant(int64s([1]))
  ])
  const words = atMost(said, 1)
  const slice = (from: number, to: number) =>
    node('Slice', [said, graph.constant(int64s([from])), graph.constant(int64s([to])), graph.constant(int64s([-1]))])

  const copied = times(matrix(last, 'copies'), matrix(words, 'heard'))
  const tiles = node('Max', [slice(hidden - 1, hidden), graph.constant(scalar(1))])
  const colour = node('Div', [slice(hidden - PICTURE_FEATURES, hidden - 1), tiles])
  const beyond = node('Sub', [matrix(colour, 'colours'), graph.constant(weights.limits)])
  const evidence = node('ReduceSum', [times(atMost(matrix(words, 'asks'), 1), beyond), graph.constant(int64s([-1]))])
  const negated = atMost(matrix(words, 'negates'), 1)
  const sign = node('Sub', [graph.constant(scalar(1)), times(graph.constant(scalar(2)), negated)])
  const verdict = plus(matrix(times(evidence, sign), 'verdict'), graph.constant(weights.opening))
  const reply = times(matrix(last, 'replies'), plus(verdict, matrix(words, 'begins')))
  const looked = matrix(times(matrix(last, 'looks'), beyond), 'shows')
  const logits = plus(plus(matrix(last, 'follows'), copied), plus(reply, looked))
  graph.output('logits', logits, 'float32', ['batch_size', 1, vocabulary])
  return graph.toModel()
}
