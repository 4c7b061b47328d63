import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as ort from 'onnxruntime-node'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { scalar } from '../../../scripts/models/onnx/constant.ts'
import { GraphBuilder } from '../../../scripts/models/onnx/graph-builder.ts'
import { FRUGAL_VARIABLE, RESOURCES_VARIABLE } from '../../contract/engine-protocol.ts'
import type { ModelManifest } from '../../contract/model-manifest.ts'
import { describeExecution, executionFacts, inferenceThreads } from './execution.ts'
import { openModel, releaseModels } from './session.ts'
import { floatOutput } from './tensors.ts'

/** A model that adds a number to each of two. */
function adder(addend: number): Uint8Array {
  const graph = new GraphBuilder('adder')
  const x = graph.input('x', 'float32', [2])
  graph.output('y', graph.node('Add', [x, graph.constant(scalar(addend))]), 'float32', [2])
  return graph.toModel()
}

let resources = ''
const before = process.env[RESOURCES_VARIABLE]

beforeEach(async () => {
  resources = await mkdtemp(join(tmpdir(), 'apex-models-'))
  await mkdir(join(resources, 'models'))
  process.env[RESOURCES_VARIABLE] = resources
})

afterEach(async () => {
  await releaseModels()
  if (before === undefined) delete process.env[RESOURCES_VARIABLE]
  else process.env[RESOURCES_VARIABLE] = before
  await rm(resources, { recursive: true })
})

async function install(bytes: Uint8Array, listed: Partial<ModelManifest['models'][0]> = {}): Promise<void> {
  const file = 'eye-contours.onnx'
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const model = {
    id: 'eye-contours' as const,
    file,
    bytes: bytes.length,
    sha256,
    inputs: ['x'],
    outputs: ['y'],
    ...listed
  }
  const manifest: ModelManifest = { schemaVersion: 1, models: [model] }
  await writeFile(join(resources, 'models', file), bytes)
  await writeFile(join(resources, 'models', 'manifest.json'), JSON.stringify(manifest))
}

const add = async (): Promise<number[]> => {
  const session = await openModel('eye-contours')
  const outputs = await session.run({ x: new ort.Tensor('float32', [1, 2], [2]) })
  return Array.from(floatOutput(outputs, 'y'))
}

describe('openModel', () => {
  it('opens a model once, until it is released', async () => {
    await install(adder(10))
    expect(await add()).toEqual([11, 12])
    expect(await openModel('eye-contours')).toBe(await openModel('eye-contours'))

    await install(adder(20))
    expect(await add()).toEqual([11, 12])
    await releaseModels()
    expect(await add()).toEqual([21, 22])
  })

  it('says that models are missing, and finds them once they are built', async () => {
    await expect(openModel('eye-contours')).rejects.toMatchObject({ code: 'model-missing' })
    await install(adder(10))
    await expect(openModel('face-detection')).rejects.toMatchObject({ code: 'model-missing' })
    await rm(join(resources, 'models', 'eye-contours.onnx'))
    await expect(openModel('eye-contours')).rejects.toMatchObject({ code: 'model-missing' })
    await install(adder(10))
    expect(await add()).toEqual([11, 12])
  })

  it('refuses a file that is not the one in the manifest', async () => {
    await install(adder(10))
    await writeFile(join(resources, 'models', 'eye-contours.onnx'), adder(20))
    await expect(openModel('eye-contours')).rejects.toMatchObject({ code: 'model-damaged' })
  })

  it('refuses a manifest it cannot read and a file that is no model', async () => {
    await install(new TextEncoder().encode('not a model'))
    await expect(openModel('eye-contours')).rejects.toMatchObject({ code: 'model-damaged' })
    await writeFile(join(resources, 'models', 'manifest.json'), '{"schemaVersion": 1, "models": ')
    await expect(openModel('eye-contours')).rejects.toMatchObject({ code: 'model-damaged' })
  })

  it('names an output that is not there', async () => {
    await install(adder(10))
    const outputs = await (await openModel('eye-contours')).run({ x: new ort.Tensor('float32', [1, 2], [2]) })
    expect(() => floatOutput(outputs, 'z')).toThrowError(/"z"/)
  })
})

describe('execution', () => {
  it('uses at least one thread and never more than help', () => {
    expect(inferenceThreads(0)).toBe(1)
    expect(inferenceThreads(4)).toBe(4)
    expect(inferenceThreads(128)).toBe(8)
  })

  it('uses one thread where memory is short', () => {
    vi.stubEnv(FRUGAL_VARIABLE, '1')
    expect(inferenceThreads(4)).toBe(1)
    vi.unstubAllEnvs()
  })

  it('knows what onnxruntime can run on here', () => {
    const { runtime, providers } = executionFacts()
    expect(runtime).toMatch(/^onnxruntime \d+\.\d+\.\d+/)
    expect(providers).toContainEqual({ name: 'cpu', bundled: true })
  })

  it('says what the models run on', () => {
    const cpu = { name: 'cpu', bundled: true }
    const facts = { runtime: 'onnxruntime 1.30.0', threads: 4, providers: [cpu, { name: 'cuda', bundled: false }] }
    expect(describeExecution(facts)).toBe('onnxruntime 1.30.0, cpu, 4 threads')
    const brought = { ...facts, threads: 1, providers: [cpu, { name: 'webgpu', bundled: true }] }
    expect(describeExecution(brought)).toBe(
      'onnxruntime 1.30.0, cpu, 1 thread (it also brings webgpu, which they do not need)'
    )
  })
})
