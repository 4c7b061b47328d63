import { type ElementType, floats, int64s, scalar } from '../onnx/constant.ts'
import { type Dimension, GraphBuilder, type Value } from '../onnx/graph-builder.ts'
import { cosinePatches } from './cosine-patches.ts'

/** What a tiny model does wrong, for tests of whoever runs it; `memory`: pictures beyond 512 px square are too much for it. */
export type TinyFlaw = 'nan' | 'flat' | 'memory'

export interface TinyOptions {
  /** Element type of what floats; 16 bits inside the graph are 32. */
  readonly io: 'float32' | 'float16'
  readonly flaw?: TinyFlaw | undefined
  /** Multiplications of all tokens by a matrix that changes nothing, in each step: a step that takes its time. */
  readonly idleWork?: number | undefined
}

const FLOAT32 = 1
const FLOAT16 = 10

/** Latents of about the size that trained autoencoders give. */
const GAIN_16 = 1 / 6
const GAIN_8 = 1 / 1.2

/** A graph whose floats outside are of the type that was asked for, and 32 bits inside. */
class TinyGraph {
  readonly graph: GraphBuilder
  readonly #io: TinyOptions['io']

  constructor(name: string, { io }: TinyOptions) {
    this.graph = new GraphBuilder(name)
    this.#io = io
  }

  float(name: string, dims: readonly Dimension[]): Value {
    const value = this.graph.input(name, this.#io, dims)
    return this.#io === 'float32' ? value : this.op('Cast', [value], { to: FLOAT32 })
  }

  output(name: string, value: Value, dims: readonly Dimension[]): Uint8Array {
    const typed = this.#io === 'float32' ? value : this.op('Cast', [value], { to: FLOAT16 })
    this.graph.output(name, typed, this.#io, dims)
    return this.graph.toModel()
  }

  op(type: string, inputs: readonly (Value | null)[], attributes = {}): Value {
    return this.graph.node(type, inputs, attributes)
  }

  number(value: number): Value {
    return this.graph.constant(scalar(value))
  }

  whole(...values: number[]): Value {
    return this.graph.constant(int64s(values))
  }

  waves(width: number, rate: number): Value {
    return this.graph.constant(
      floats(
        [width],
        Float32Array.from({ length: width }, (_, at) => Math.sin(rate * (at + 1)))
      )
    )
  }
}

/** Word `id` at place l of the prompt becomes sin(id) · wave, so that other words give another embedding. */
function embedded(tiny: TinyGraph, ids: Value, width: number): Value {
  const numbers = tiny.op('Unsqueeze', [tiny.op('Cast', [ids], { to: FLOAT32 }), tiny.whole(2)])
  return tiny.op('Mul', [tiny.op('Sin', [numbers]), tiny.waves(width, 0.37)])
}

export function kleinTextEncoder(options: TinyOptions): Uint8Array {
  const tiny = new TinyGraph('text_encoder', options)
  const ids = tiny.graph.input('input_ids', 'int64', ['batch', 'length'])
  const mask = tiny.op('Cast', [tiny.graph.input('attention_mask', 'int64', ['batch', 'length'])], { to: FLOAT32 })
  const words = embedded(tiny, ids, 7680)
  const shown = tiny.op('Mul', [words, tiny.op('Unsqueeze', [mask, tiny.whole(2)])])
  return tiny.output('prompt_embeds', shown, ['batch', 'length', 7680])
}

export function clipTextEncoder(options: TinyOptions, ids: ElementType = 'int32'): Uint8Array {
  const tiny = new TinyGraph('text_encoder', options)
  const words = embedded(tiny, tiny.graph.input('input_ids', ids, ['batch', 'length']), 768)
  return tiny.output('pooler_output', tiny.op('ReduceMean', [words], { axes: [1], keepdims: 0 }), ['batch', 768])
}

export function t5TextEncoder(options: TinyOptions, ids: ElementType = 'int64'): Uint8Array {
  const tiny = new TinyGraph('text_encoder_2', options)
  const words = embedded(tiny, tiny.graph.input('input_ids', ids, ['batch', 'length']), 4096)
  return tiny.output('last_hidden_state', words, ['batch', 'length', 4096])
}

export interface TransformerShape {
  readonly channels: number
  readonly textWidth: number
  readonly axes: number
  readonly isBatched: boolean
  readonly takesPooled: boolean
  readonly takesGuidance: boolean
  readonly output: string
}

/**
 * Flows from noise to the first reference where there is one, else to what can be guessed from the noisy picture, either
 * with a pattern that the words change: v = (x − picture)/t, which Euler's steps solve exactly.
 */
export function tinyTransformer(shape: TransformerShape, options: TinyOptions): Uint8Array {
  const { channels, textWidth, axes } = shape
  const tiny = new TinyGraph('transformer', options)
  const { op, number, whole } = bound(tiny)
  const batched = shape.isBatched ? [1 as Dimension] : []
  const hidden = tiny.float('hidden_states', ['batch', 'tokens', channels])
  const text = tiny.float('encoder_hidden_states', ['batch', 'words', textWidth])
  const pooled = shape.takesPooled ? tiny.float('pooled_projections', ['batch', 768]) : null
  const time = tiny.float('timestep', ['batch'])
  const ids = tiny.float('img_ids', [...batched, 'tokens', axes])
  const wordIds = tiny.float('txt_ids', [...batched, 'words', axes])
  const guidance = shape.takesGuidance ? tiny.float('guidance', ['batch']) : null

  // Tokens whose first place is 0 are the picture's own.
  const places = op('Reshape', [ids, whole(-1, axes)])
  const first = op('Slice', [places, whole(0), whole(1), whole(1)])
  const own = op('Cast', [op('Equal', [first, number(0)])], { to: 7 })
  const count = op('Reshape', [op('ReduceSum', [own], { keepdims: 0 }), whole(1)])
  let noisy = op('Slice', [hidden, whole(0), count, whole(1)])
  const identity = Float32Array.from({ length: channels ** 2 }, (_, at) => (at % (channels + 1) === 0 ? 1 : 0))
  const same = tiny.graph.constant(floats([channels, channels], identity))
  for (let work = options.idleWork ?? 0; work > 0; work--) noisy = op('MatMul', [noisy, same])
  const rest = op('Slice', [hidden, count, whole(1 << 30), whole(1)])
  const blank = op('Sub', [noisy, noisy])
  const reference = op('Slice', [op('Concat', [rest, blank], { axis: 1 }), whole(0), count, whole(1)])

  const mean = (value: Value) => op('ReduceMean', [value], { keepdims: 0 })
  const said = op('Sin', [op('Mul', [mean(op('Mul', [text, text])), number(20)])])
  let tint = op('Add', [op('Mul', [said, number(0.2)]), op('Mul', [mean(wordIds), number(1e-6)])])
  // Each further reference makes a difference, by where its tokens lie.
  tint = op('Add', [tint, op('Mul', [mean(first), number(0.005)])])
  if (pooled) tint = op('Add', [tint, op('Mul', [mean(pooled), number(0.1)])])
  if (guidance) tint = op('Mul', [tint, op('Add', [op('Mul', [mean(guidance), number(0.01)]), number(1)])])
  const colour = op('Mul', [tint, tiny.waves(channels, 0.9)])
  const rows = op('Slice', [op('Slice', [places, whole(0), count, whole(0)]), whole(1), whole(2), whole(1)])
  const pattern = op('Unsqueeze', [op('Mul', [op('Sin', [op('Mul', [rows, number(0.2)])]), colour]), whole(0)])
  // Without a reference the best guess from the noisy picture alone: what a Wiener filter leaves of it.
  const clean = op('Sub', [number(1), time])
  const power = op('Add', [op('Mul', [clean, clean]), op('Mul', [time, time])])
  const filtered = op('Mul', [noisy, op('Div', [clean, power])])
  const isAlone = op('Cast', [op('Equal', [op('Size', [rest]), whole(0)])], { to: FLOAT32 })
  const picture = op('Add', [op('Add', [reference, op('Mul', [filtered, isAlone])]), pattern])
  const late = op('Max', [time, number(1e-3)])
  let flow = op('Div', [op('Sub', [noisy, picture]), late])
  if (options.flaw === 'nan') flow = op('Sqrt', [op('Sub', [op('Sub', [flow, flow]), number(1)])])
  return tiny.output(shape.output, op('Concat', [flow, rest], { axis: 1 }), ['batch', 'tokens', channels])
}

function bound(tiny: TinyGraph) {
  return {
    op: tiny.op.bind(tiny),
    number: tiny.number.bind(tiny),
    whole: tiny.whole.bind(tiny)
  }
}

/** Softens a little across what would be the seams of tiles. */
function softened(tiny: TinyGraph, picture: Value): Value {
  const kernel = new Float32Array(3 * 3 * 3)
  for (let colour = 0; colour < 3; colour++) kernel.set([0, 0.05, 0, 0.05, 0.8, 0.05, 0, 0.05, 0], 9 * colour)
  return tiny.op('Conv', [picture, tiny.graph.constant(floats([3, 1, 3, 3], kernel))], { group: 3, pads: [1, 1, 1, 1] })
}

/** More floats than any machine holds. */
const BEYOND_MEMORY = 2 ** 48

/** Zero, for which pictures of more than 512 px square take more memory than there is. */
function hunger(tiny: TinyGraph, picture: Value): Value {
  const { op, number, whole } = bound(tiny)
  const pixels = op('Size', [picture])
  const isLarge = op('Greater', [pixels, whole(3 * 512 * 512)])
  const wanted = op('Where', [isLarge, whole(BEYOND_MEMORY), whole(1)])
  const filled = op('ConstantOfShape', [op('Reshape', [wanted, whole(1)])])
  return op('Mul', [op('ReduceMean', [filled], { keepdims: 0 }), number(0)])
}

interface Autoencoder {
  readonly channels: number
  /** Pixels along one latent. */
  readonly edge: 8 | 16
  /** Channels the encoder gives: the means alone, or means and log variances. */
  readonly given: number
  readonly names: Readonly<Record<'picture' | 'encoded' | 'latents' | 'decoded', string>>
}

const KLEIN_VAE: Autoencoder = {
  channels: 128,
  edge: 16,
  given: 128,
  names: { picture: 'image', encoded: 'latents', latents: 'latents', decoded: 'image' }
}
const FLUX1_VAE: Autoencoder = {
  channels: 16,
  edge: 8,
  given: 32,
  names: { picture: 'sample', encoded: 'latent_parameters', latents: 'latent_sample', decoded: 'sample' }
}

function encoder({ channels, edge, given, names }: Autoencoder, options: TinyOptions): Uint8Array {
  const tiny = new TinyGraph('vae_encoder', options)
  const picture = tiny.float(names.picture, ['batch', 3, 'height', 'width'])
  const kernel = tiny.graph.constant(cosinePatches(channels, edge, edge === 16 ? GAIN_16 : GAIN_8))
  const means = tiny.op('Conv', [picture, kernel], { strides: [edge, edge] })
  const all =
    given === channels ? means : tiny.op('Concat', [means, tiny.op('Sub', [means, tiny.number(9)])], { axis: 1 })
  return tiny.output(names.encoded, all, ['batch', given, 'rows', 'columns'])
}

function decoder({ channels, edge, names }: Autoencoder, options: TinyOptions): Uint8Array {
  const tiny = new TinyGraph('vae_decoder', options)
  const latents = tiny.float(names.latents, ['batch', channels, 'rows', 'columns'])
  const kernel = tiny.graph.constant(cosinePatches(channels, edge, 1 / (edge === 16 ? GAIN_16 : GAIN_8)))
  let picture = softened(tiny, tiny.op('ConvTranspose', [latents, kernel], { strides: [edge, edge] }))
  if (options.flaw === 'flat') picture = tiny.op('Mul', [picture, tiny.number(0)])
  if (options.flaw === 'memory') picture = tiny.op('Add', [picture, hunger(tiny, picture)])
  return tiny.output(names.decoded, picture, ['batch', 3, 'height', 'width'])
}

export const kleinVaeEncoder = (options: TinyOptions) => encoder(KLEIN_VAE, options)
export const kleinVaeDecoder = (options: TinyOptions) => decoder(KLEIN_VAE, options)
export const flux1VaeEncoder = (options: TinyOptions) => encoder(FLUX1_VAE, options)
export const flux1VaeDecoder = (options: TinyOptions) => decoder(FLUX1_VAE, options)
