import { expect, it } from 'vitest'
import { verdictOn } from './exit-verdict.ts'

const verdict = (exit: Parameters<typeof verdictOn>[0], output = '') => verdictOn(exit, 'it worked', output)

it.each([
  ['V8', 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory'],
  ['C++', "terminate called after throwing an instance of 'std::bad_alloc'"],
  ['ONNX Runtime', 'Failed to allocate memory for requested buffer of size 1073741824'],
  ['CUDA', 'CUDA_ERROR_OUT_OF_MEMORY'],
  ['Direct3D 12', 'Exception(1) 8007000E Not enough memory resources']
])('believes %s when it speaks of memory', (_, output) => {
  expect(verdict({ code: null, signal: 'SIGABRT' }, output).code).toBe('engine-out-of-memory')
})

it('takes an abort without such words for a crash', () => {
  expect(verdict({ code: 134, signal: null }, 'Assertion failed').code).toBe('engine-crashed')
})

it('only suspects memory when the system killed it, by signal or by code', () => {
  for (const exit of [
    { code: null, signal: 'SIGKILL' },
    { code: 137, signal: null }
  ]) {
    expect(verdict(exit)).toMatchObject({ code: 'engine-out-of-memory', message: expect.stringContaining('may have') })
  }
})

it('says what the engine said of its end, without the stack', () => {
  const output = [
    'node:internal/modules/run_main:123',
    '    throw error',
    "Error [ERR_MODULE_NOT_FOUND]: Cannot find module 'engine-process.js'",
    '    at finalizeResolution (node:internal/modules/esm/resolve:257:11) {',
    '  code: 1',
    '}',
    'Node.js v20.20.2'
  ].join('\n')
  expect(verdict({ code: 1, signal: null }, output).message).toBe(
    "The engine ended while it worked (exit code 1: Error [ERR_MODULE_NOT_FOUND]: Cannot find module 'engine-process.js')."
  )
})

it('keeps the facts for the log', () => {
  const { details, message } = verdict({ code: 9, signal: null }, 'last words')
  expect(details).toEqual({ exitCode: 9, signal: null, output: 'last words' })
  expect(message).toContain('exit code 9')
})
