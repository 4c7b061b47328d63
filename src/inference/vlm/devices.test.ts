import { expect, it } from 'vitest'
import { devicesFor } from './devices.ts'

const named = (...names: string[]) => names.map((name) => ({ name }))

it.each([
  ['linux', 'x64', named('cpu', 'webgpu', 'cuda', 'tensorrt'), ['cuda', 'webgpu', 'cpu']],
  ['linux', 'arm64', named('cpu', 'webgpu'), ['cpu']],
  ['win32', 'x64', named('cpu', 'dml', 'webgpu'), ['dml', 'webgpu', 'cpu']],
  ['win32', 'arm64', named('cpu', 'dml', 'webgpu'), ['dml', 'webgpu', 'cpu']],
  ['darwin', 'arm64', named('cpu', 'coreml', 'webgpu'), ['coreml', 'webgpu', 'cpu']],
  ['darwin', 'x64', named('cpu', 'coreml', 'webgpu'), ['webgpu', 'cpu']],
  ['linux', 'x64', named('cpu'), ['cpu']],
  ['freebsd', 'x64', [], ['cpu']]
] as const)('on %s %s', (platform, arch, providers, devices) => {
  expect(devicesFor({ platform, arch, providers, frugal: false })).toEqual(devices)
  expect(devicesFor({ platform, arch, providers, frugal: true })).toEqual(['cpu'])
})
