import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { scalar } from '../../../../scripts/models/onnx/constant.ts'
import { GraphBuilder } from '../../../../scripts/models/onnx/graph-builder.ts'
import { openGraph } from './graph-session.ts'

const FLOAT32 = 1
const FLOAT16 = 10

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apex-graph-session-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** y = 2x + z, of floats that are 32 bits inside. */
async function open(type: 'float32' | 'float16') {
  const graph = new GraphBuilder('double')
  const isHalf = type === 'float16'
  const input = (name: string) => {
    const value = graph.input(name, type, ['n'])
    return isHalf ? graph.node('Cast', [value], { to: FLOAT32 }) : value
  }
  const sum = graph.node('Add', [graph.node('Mul', [input('x'), graph.constant(scalar(2))]), input('z')])
  graph.output('y', isHalf ? graph.node('Cast', [sum], { to: FLOAT16 }) : sum, type, ['n'])
  const path = join(folder, `${type}.onnx`)
  await writeFile(path, graph.toModel())
  const output = { name: 'y', type, dims: [null] }
  return await openGraph({ path, bytes: 0, inputs: { x: type, z: type }, output }, 'cpu')
}

const fed = (...values: number[]) => ({ data: Float32Array.from(values), dims: [values.length] })

describe.each(['float32', 'float16'] as const)('a session of a graph in %s', (type) => {
  it('answers again and again, of any size, with what is held and what is not', async () => {
    const session = await open(type)
    const held = session.hold('z', fed(1, 2))
    for (const x of [3, -5, 0.5]) {
      const { data, dims } = await session.run({ x: fed(x, 2 * x), z: held, unknown: held })
      expect([Array.from(data), dims]).toEqual([[2 * x + 1, 4 * x + 2], [2]])
    }
    expect(Array.from((await session.run({ x: fed(1, 2, 3), z: fed(0, 0, 0) })).data)).toEqual([2, 4, 6])
    expect(Array.from((await session.run({ x: fed(8, 8), z: held })).data)).toEqual([17, 18])
    await session.release()
  })
})
