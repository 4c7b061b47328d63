import { type Constant, constant, floats, int64s } from '../../scripts/models/onnx/constant.ts'
import { type Attributes, float, GraphBuilder, type Value } from '../../scripts/models/onnx/graph-builder.ts'
import type { TransformerSize } from './klein-size.ts'
import { toHalf, type WeightFile } from './weight-file.ts'

/** Of the rotary embedding and of the four axes it is made of: `rope_theta` and `axes_dims_rope` of the same config. */
const THETA = 2000
const AXES = 4
const EPSILON = 1e-6
/** Frequencies of the timestep's embedding, and what σ is multiplied by before. */
const TIME_FREQUENCIES = 128
const TIME_SCALE = 1000

const half = (values: readonly number[], dims: readonly number[] = []): Constant =>
  constant('float16', dims, Uint16Array.from(values, toHalf))

/**
 * A FLUX.2 transformer with the inputs and the output of the published export (float32 at the edges, float16 inside),
 * written with onnxruntime's fused attention. Weights lie in `weights`.
 *
 * @returns the bytes of the `.onnx` file
 */
export function kleinGraph(size: TransformerSize, pictureTokens: number, weights: WeightFile): Uint8Array {
  const graph = new GraphBuilder('klein')
  const width = size.heads * size.headDim
  const mlp = size.mlpRatio * width
  const tokens = size.textTokens + pictureTokens
  const op = (type: string, inputs: (Value | null)[], attributes?: Attributes) => graph.node(type, inputs, attributes)
  const fused = (type: string, inputs: (Value | null)[], attributes: Attributes) =>
    graph.node(type, inputs, attributes, 'com.microsoft')
  const linear = (name: string, x: Value, from: number, to: number) =>
    op('MatMul', [x, graph.constant(weights.tensor(name, [from, to]))])
  const add = (a: Value, b: Value) => op('Add', [a, b])
  const mul = (a: Value, b: Value) => op('Mul', [a, b])
  const silu = (x: Value) => mul(x, op('Sigmoid', [x]))
  const slice = (x: Value, axis: number, from: number, to: number) =>
    op('Slice', [x, ...[[from], [to], [axis]].map((list) => graph.constant(int64s(list)))])
  const reshape = (x: Value, dims: readonly number[]) => op('Reshape', [x, graph.constant(int64s(dims))])
  const concat = (axis: number, ...parts: Value[]) => op('Concat', parts, { axis })
  const asHalf = (x: Value) => op('Cast', [x], { to: 10 })

  const ones = graph.constant(half(Array(width).fill(1), [width]))
  const headOnes = graph.constant(half(Array(size.headDim).fill(1), [size.headDim]))
  const one = graph.constant(half([1]))
  const normed = (x: Value) => op('LayerNormalization', [x, ones], { axis: -1, epsilon: float(EPSILON) })
  /** The i-th of a modulation's vectors, [1, 1, width]. */
  const part = (modulation: Value, i: number) => slice(modulation, 2, i * width, (i + 1) * width)
  const modulated = (x: Value, modulation: Value, i: number) =>
    add(mul(normed(x), add(part(modulation, i + 1), one)), part(modulation, i))
  const gated = (x: Value, modulation: Value, i: number, change: Value) => add(x, mul(part(modulation, i), change))
  const headNormed = (x: Value, count: number) =>
    reshape(
      op('SimplifiedLayerNormalization', [reshape(x, [1, count, size.heads, size.headDim]), headOnes], {
        axis: -1,
        epsilon: float(EPSILON)
      }),
      [1, count, width]
    )
  const gatedUnit = (x: Value) => mul(silu(slice(x, 2, 0, mlp)), slice(x, 2, mlp, 2 * mlp))

  const hidden = graph.input('hidden_states', 'float32', [1, pictureTokens, size.channels])
  const text = graph.input('encoder_hidden_states', 'float32', [1, size.textTokens, size.textWidth])
  const timestep = graph.input('timestep', 'float32', [1])
  const pictureIds = graph.input('img_ids', 'float32', [1, pictureTokens, AXES])
  const textIds = graph.input('txt_ids', 'float32', [1, size.textTokens, AXES])

  const axisDim = size.headDim / AXES / 2
  const rates = floats(
    [axisDim],
    Array.from({ length: axisDim }, (_, i) => THETA ** (-i / axisDim))
  )
  const ids = reshape(concat(1, textIds, pictureIds), [tokens, AXES, 1])
  const angles = reshape(mul(ids, graph.constant(rates)), [tokens, AXES * axisDim])
  const rotary = [asHalf(op('Cos', [angles])), asHalf(op('Sin', [angles]))] as const
  const positions = graph.constant(
    constant(
      'int64',
      [1, tokens],
      BigInt64Array.from({ length: tokens }, (_, i) => BigInt(i))
    )
  )
  const rotated = (x: Value) => fused('RotaryEmbedding', [x, positions, ...rotary], { interleaved: 1 })
  const attention = (q: Value, k: Value, v: Value) =>
    fused('MultiHeadAttention', [rotated(q), rotated(k), v], { num_heads: size.heads })

  const frequencies = floats(
    [1, 1, TIME_FREQUENCIES],
    Array.from({ length: TIME_FREQUENCIES }, (_, i) => TIME_SCALE * 10_000 ** (-i / TIME_FREQUENCIES))
  )
  const phase = mul(reshape(timestep, [1, 1, 1]), graph.constant(frequencies))
  const wave = asHalf(concat(2, op('Cos', [phase]), op('Sin', [phase])))
  const time = silu(linear('time.out', silu(linear('time.in', wave, 2 * TIME_FREQUENCIES, width)), width, width))
  const modulations = {
    picture: linear('modulation.picture', time, width, 6 * width),
    text: linear('modulation.text', time, width, 6 * width),
    single: linear('modulation.single', time, width, 3 * width)
  }

  let picture = linear('picture.in', asHalf(hidden), size.channels, width)
  let words = linear('text.in', asHalf(text), size.textWidth, width)
  for (let block = 0; block < size.doubleBlocks; block++) {
    const streams = (
      [
        ['text', words, modulations.text, size.textTokens],
        ['picture', picture, modulations.picture, pictureTokens]
      ] as const
    ).map(([stream, x, modulation, count]) => {
      const name = `double.${block}.${stream}`
      const shown = modulated(x, modulation, 0)
      const project = (which: string) => linear(`${name}.${which}`, shown, width, width)
      return {
        name,
        x,
        modulation,
        count,
        q: headNormed(project('q'), count),
        k: headNormed(project('k'), count),
        v: project('v')
      }
    })
    const joined = (which: 'q' | 'k' | 'v') => concat(1, ...streams.map((stream) => stream[which]))
    const seen = attention(joined('q'), joined('k'), joined('v'))
    let from = 0
    const [nextWords, nextPicture] = streams.map(({ name, x, modulation, count }) => {
      const own = slice(seen, 1, from, from + count)
      from += count
      const attended = gated(x, modulation, 2, linear(`${name}.out`, own, width, width))
      const unit = gatedUnit(linear(`${name}.mlp.in`, modulated(attended, modulation, 3), width, 2 * mlp))
      return gated(attended, modulation, 5, linear(`${name}.mlp.out`, unit, mlp, width))
    })
    words = nextWords ?? words
    picture = nextPicture ?? picture
  }

  let both = concat(1, words, picture)
  for (let block = 0; block < size.singleBlocks; block++) {
    const name = `single.${block}`
    const shown = linear(`${name}.in`, modulated(both, modulations.single, 0), width, 3 * width + 2 * mlp)
    const q = headNormed(slice(shown, 2, 0, width), tokens)
    const k = headNormed(slice(shown, 2, width, 2 * width), tokens)
    const seen = attention(q, k, slice(shown, 2, 2 * width, 3 * width))
    const unit = gatedUnit(slice(shown, 2, 3 * width, 3 * width + 2 * mlp))
    both = gated(both, modulations.single, 2, linear(`${name}.out`, concat(2, seen, unit), width + mlp, width))
  }
  const last = slice(both, 1, size.textTokens, tokens)
  const finish = linear('out.modulation', time, width, 2 * width)
  const shown = add(mul(normed(last), add(part(finish, 0), one)), part(finish, 1))
  const noise = op('Cast', [linear('out', shown, width, size.channels)], { to: 1 })
  graph.output('noise_pred', noise, 'float32', [1, pictureTokens, size.channels])
  return graph.toModel()
}
