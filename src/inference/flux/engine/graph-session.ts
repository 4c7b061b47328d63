import * as ort from 'onnxruntime-node'
import { StudioError } from '../../../domain/errors.ts'
import { speaksOfMemory } from '../../../domain/memory-exhaustion.ts'
import { say } from '../../../domain/sentences/say.ts'
import { executionFacts, inferenceThreads } from '../../runtime/execution.ts'
import { decodeFloat16, encodeFloat16 } from '../../runtime/float16.ts'
import { isFrugal } from '../../runtime/frugality.ts'
import type { GraphElementType } from '../../runtime/onnx-signature.ts'
import { type LargeModelProvider, providersFor } from '../../runtime/provider-choice.ts'
import type { GraphFile } from '../layout/graph-file.ts'

/** A tensor to be fed: 32-bit floats or whole numbers, whatever width the graph has them in. */
export interface Fed {
  readonly data: Float32Array | readonly number[]
  readonly dims: readonly number[]
}

/** A tensor as the graph has it, to be fed again and again: it is converted once. */
export interface Held {
  readonly tensor: ort.Tensor
}

export interface ReadTensor {
  /** Shared with the runtime's own memory where the graph's floats are of 32 bits. */
  readonly data: Float32Array
  readonly dims: readonly number[]
}

/** An open graph. */
export interface GraphSession {
  readonly provider: LargeModelProvider
  /** Milliseconds spent in the runtime so far; what else a picture takes is the studio's own. */
  readonly msInRuntime: number
  /** What the input of that name is to be fed in several runs; its data must stay as they are. */
  hold(name: string, fed: Fed): Fed | Held
  /** Inputs that the graph does not have are left out. @throws StudioError `engine-out-of-memory`, `model-damaged` */
  run(feeds: Readonly<Record<string, Fed | Held>>): Promise<ReadTensor>
  release(): Promise<void>
}

/** The one that has worked in this process; others are not tried again. */
let working: LargeModelProvider | undefined

/**
 * Opens a graph on the fastest provider that is there; weights beside it are mapped into memory by the runtime.
 *
 * @param only the provider to use, whatever else there is
 * @throws StudioError `engine-out-of-memory`, `model-damaged`
 */
export async function openGraph(graph: GraphFile, only?: LargeModelProvider): Promise<GraphSession> {
  let last: unknown
  const providers = only === undefined ? candidates().map(({ provider }) => provider) : [only]
  for (const provider of providers) {
    try {
      const session = await ort.InferenceSession.create(graph.path, sessionOptions(provider))
      working = provider
      return sessionOf(graph, session, provider)
    } catch (thrown) {
      if (isAboutMemory(thrown)) throw outOfMemory('was loaded', thrown)
      last = thrown
    }
  }
  throw new StudioError('model-damaged', `"${graph.path}" cannot be opened.`, {
    hint: say('hint-verify-model'),
    cause: last
  })
}

/** What graphs run on here, and why, in words; for `doctor`. */
export function runsOn(): string {
  const { runtime, threads } = executionFacts()
  const [first] = candidates()
  if (working === undefined) return `${runtime}; ${first?.provider ?? 'cpu'} is tried first: ${first?.reason ?? ''}`
  const reason = candidates().find(({ provider }) => provider === working)?.reason ?? ''
  return `${runtime}, ${working}${working === 'cpu' ? `, ${threads} threads` : ''}: ${reason}`
}

function candidates() {
  const { platform, arch } = process
  const all = providersFor({ platform, arch, providers: executionFacts().providers, frugal: isFrugal(), coreml: false })
  return working === undefined ? all : all.filter(({ provider }) => provider === working || provider === 'cpu')
}

function sessionOptions(provider: LargeModelProvider): ort.InferenceSession.SessionOptions {
  return {
    executionProviders: [provider],
    graphOptimizationLevel: 'all',
    intraOpNumThreads: inferenceThreads(),
    // As in `runtime/session.ts`: threads that spin take the processors from other programs.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
    // 4: fatal only. A provider that is not there is tried, and its absence is no news.
    logSeverityLevel: 4
  }
}

function sessionOf(graph: GraphFile, session: ort.InferenceSession, provider: LargeModelProvider): GraphSession {
  let msInRuntime = 0
  return {
    provider,
    get msInRuntime() {
      return msInRuntime
    },
    hold(name, fed) {
      const type = graph.inputs[name]
      return type === undefined ? fed : { tensor: tensorOf(type, fed) }
    },
    async run(feeds) {
      const inputs = Object.fromEntries(
        Object.entries(feeds).flatMap(([name, fed]) => {
          const type = graph.inputs[name]
          return type === undefined ? [] : [[name, 'tensor' in fed ? fed.tensor : tensorOf(type, fed)]]
        })
      )
      const began = performance.now()
      const outputs = await session.run(inputs, [graph.output.name]).catch((thrown: unknown) => {
        if (isAboutMemory(thrown)) throw outOfMemory('worked', thrown)
        throw new StudioError('model-damaged', `"${graph.path}" cannot be run.`, {
          hint: say('hint-verify-model'),
          cause: thrown
        })
      })
      msInRuntime += performance.now() - began
      return readTensor(outputs[graph.output.name], graph)
    },
    release: () => session.release()
  }
}

function tensorOf(type: GraphElementType, { data, dims }: Fed): ort.Tensor {
  switch (type) {
    case 'float32':
      return new ort.Tensor('float32', data instanceof Float32Array ? data : Float32Array.from(data), dims)
    case 'float16':
      return new ort.Tensor(
        'float16',
        encodeFloat16(data instanceof Float32Array ? data : Float32Array.from(data)),
        dims
      )
    case 'int64':
      return new ort.Tensor('int64', BigInt64Array.from(data, BigInt), dims)
    case 'int32':
      return new ort.Tensor('int32', Int32Array.from(data), dims)
    default:
      throw new StudioError('internal', `Nothing is fed as ${type}.`)
  }
}

function readTensor(tensor: ort.Tensor | undefined, { path, output }: GraphFile): ReadTensor {
  const data: unknown = tensor?.data
  if (tensor && data instanceof Float32Array) return { data, dims: tensor.dims }
  // Words of 16 bits: an Uint16Array, or a Float16Array where the runtime has one.
  if (tensor?.type === 'float16' && ArrayBuffer.isView(data)) {
    const halves = new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2)
    return { data: decodeFloat16(halves), dims: tensor.dims }
  }
  throw new StudioError('model-damaged', `"${path}" gives no floats as "${output.name}".`, {
    hint: 'Pull the model again.'
  })
}

function isAboutMemory(thrown: unknown): boolean {
  return thrown instanceof Error && speaksOfMemory(thrown.message)
}

function outOfMemory(doing: string, cause: unknown): StudioError {
  return new StudioError('engine-out-of-memory', `Memory ran out while the model ${doing}.`, {
    hint: say('hint-smaller-model'),
    cause
  })
}
