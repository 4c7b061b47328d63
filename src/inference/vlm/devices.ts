import type { ExecutionProvider } from '../runtime/execution.ts'

/** What transformers.js calls that on which a model runs. */
export type Device = 'cuda' | 'dml' | 'coreml' | 'webgpu' | 'cpu'

/** The fastest first. */
const BY_SPEED: readonly Device[] = ['cuda', 'dml', 'coreml', 'webgpu', 'cpu']

export interface MachineForModels {
  readonly platform: NodeJS.Platform
  readonly arch: string
  /** What this platform's build of onnxruntime knows. */
  readonly providers: readonly Pick<ExecutionProvider, 'name'>[]
  /** Whether the process is to make do with little memory. */
  readonly frugal: boolean
}

/**
 * The devices to try, the fastest first; the last, `cpu`, is everywhere. One whose libraries have to be installed on
 * the machine is tried as well, since nothing but trying tells.
 * Source: the table of prebuilt providers, https://onnxruntime.ai/docs/get-started/with-javascript/node.html; CoreML on
 * Intel Macs and WebGPU on Linux arm64 are not built.
 */
export function devicesFor({ platform, arch, providers, frugal }: MachineForModels): readonly Device[] {
  const known = new Set(providers.map(({ name }) => name))
  const works = (device: Device) => {
    switch (device) {
      case 'cpu':
        return true
      case 'cuda':
        return platform === 'linux' && arch === 'x64'
      case 'dml':
        return platform === 'win32'
      case 'coreml':
        return platform === 'darwin' && arch === 'arm64'
      case 'webgpu':
        return !(platform === 'linux' && arch === 'arm64')
    }
  }
  // Little memory is what a graphics card has least of.
  if (frugal) return ['cpu']
  return BY_SPEED.filter((device) => works(device) && (device === 'cpu' || known.has(device)))
}
