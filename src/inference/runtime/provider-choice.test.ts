import { describe, expect, it } from 'vitest'
import { providersFor } from './provider-choice.ts'

/** As `listSupportedBackends` of onnxruntime-node 1.30 tells. */
const BUILT = {
  'linux-x64': ['cpu', 'webgpu', 'cuda', 'tensorrt'],
  'linux-arm64': ['cpu'],
  'win32-x64': ['cpu', 'dml', 'webgpu'],
  'darwin-arm64': ['cpu', 'coreml', 'webgpu']
} as const

const order = (platform: NodeJS.Platform, arch: string, { frugal = false, coreml = false } = {}) => {
  const built = BUILT[`${platform}-${arch}` as keyof typeof BUILT]
  return providersFor({ platform, arch, providers: built.map((name) => ({ name })), frugal, coreml })
}

describe('providersFor', () => {
  it.each([
    ['linux', 'x64', ['cuda', 'webgpu', 'cpu']],
    ['linux', 'arm64', ['cpu']],
    ['win32', 'x64', ['dml', 'webgpu', 'cpu']],
    ['darwin', 'arm64', ['webgpu', 'cpu']]
  ] as const)('%s %s', (platform, arch, expected) => {
    const choices = order(platform, arch)
    expect(choices.map(({ provider }) => provider)).toEqual(expected)
    for (const { reason } of choices) expect(reason).toMatch(/^[a-z].+/)
  })

  it('tries CoreML for models that it takes, where it is', () => {
    const tried = (platform: 'darwin' | 'linux', arch: string) =>
      order(platform, arch, { coreml: true }).map(({ provider }) => provider)
    expect(tried('darwin', 'arm64')).toEqual(['coreml', 'webgpu', 'cpu'])
    expect(tried('linux', 'x64')).toEqual(['cuda', 'webgpu', 'cpu'])
  })

  it('keeps to the processor where memory was short', () => {
    expect(order('linux', 'x64', { frugal: true })).toEqual([{ provider: 'cpu', reason: 'memory was short before' }])
  })
})
