import { availableParallelism } from 'node:os'
import * as ort from 'onnxruntime-node'
import { say } from '../../domain/sentences/say.ts'
import { isFrugal } from './frugality.ts'

/** Beyond this a convolution of our size gains nothing and only takes processors from other programs. */
const MOST_THREADS = 8

/**
 * How many threads one operator may use. onnxruntime's own choice counts the processors of the machine; this counts
 * those that the process may use, which in a container or under taskset are fewer.
 */
export function inferenceThreads(processors = availableParallelism()): number {
  // Every thread has buffers of its own.
  if (isFrugal()) return 1
  return Math.max(1, Math.min(processors, MOST_THREADS))
}

export interface ExecutionProvider {
  /** onnxruntime's name, e.g. `cpu`, `webgpu`, `coreml`, `dml`, `cuda`. */
  readonly name: string
  /** Whether its libraries come with the package; the others have to be installed on the machine. */
  readonly bundled: boolean
}

export interface ExecutionFacts {
  readonly runtime: string
  readonly threads: number
  /** What this platform's build of onnxruntime knows. The built-in models run on `cpu`. */
  readonly providers: readonly ExecutionProvider[]
}

/** What models run on here, for people who ask. */
export function executionFacts(): ExecutionFacts {
  return {
    runtime: `onnxruntime ${ort.env.versions.node ?? ort.env.versions.common}`,
    threads: inferenceThreads(),
    providers: ort.listSupportedBackends().map(({ name, bundled }) => ({ name, bundled }))
  }
}

export function describeExecution({ runtime, threads, providers }: ExecutionFacts): string {
  const others = providers.filter(({ name, bundled }) => bundled && name !== 'cpu').map(({ name }) => name)
  const used = { runtime, threads: threads === 1 ? say('one-thread') : say('threads', { count: threads }) }
  return others.length > 0 ? say('runs-on-and-brings', { ...used, others: others.join(', ') }) : say('runs-on', used)
}
