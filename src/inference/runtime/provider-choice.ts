import type { ExecutionProvider } from './execution.ts'

/** What onnxruntime runs large models on, by its own names. */
export type LargeModelProvider = 'cuda' | 'dml' | 'coreml' | 'webgpu' | 'cpu'

export interface MachineForLargeModels {
  readonly platform: NodeJS.Platform
  readonly arch: string
  /** What this platform's build of onnxruntime knows. */
  readonly providers: readonly Pick<ExecutionProvider, 'name'>[]
  /** The one before this process died for want of memory. */
  readonly frugal: boolean
  /** Whether CoreML takes the model: it does not take the transformers of image generators, whose cards leave it out. */
  readonly coreml: boolean
}

export interface ProviderChoice {
  readonly provider: LargeModelProvider
  /** Why, in words that follow the provider's name. */
  readonly reason: string
}

const WHY: Readonly<Record<LargeModelProvider, string>> = {
  cuda: 'the fastest on cards by NVIDIA',
  dml: 'the fastest on cards under Windows',
  coreml: 'the fastest on this Mac',
  webgpu: 'runs on any graphics card',
  cpu: 'runs everywhere, slowly'
}

/**
 * What to try, the fastest first; only trying tells whether a card and its libraries are there. The last, cpu, is
 * everywhere. Prebuilt providers: https://onnxruntime.ai/docs/get-started/with-javascript/node.html.
 */
export function providersFor({
  platform,
  arch,
  providers,
  frugal,
  coreml
}: MachineForLargeModels): readonly ProviderChoice[] {
  const known = new Set(providers.map(({ name }) => name))
  const works: Readonly<Record<LargeModelProvider, boolean>> = {
    cuda: platform === 'linux' && arch === 'x64',
    dml: platform === 'win32',
    coreml: coreml && platform === 'darwin' && arch === 'arm64',
    webgpu: !(platform === 'linux' && arch === 'arm64'),
    cpu: true
  }
  const order: readonly LargeModelProvider[] = ['cuda', 'dml', 'coreml', 'webgpu', 'cpu']
  const all = order.filter((provider) => works[provider] && (provider === 'cpu' || known.has(provider)))
  return all
    .filter((provider) => !frugal || provider === 'cpu')
    .map((provider) => ({
      provider,
      reason: frugal ? 'memory was short before' : WHY[provider]
    }))
}
