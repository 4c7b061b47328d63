import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { StudioError } from '../../../domain/errors.ts'
import {
  type GraphElementType,
  type GraphSignature,
  type GraphTensor,
  readGraphSignature
} from '../../runtime/onnx-signature.ts'

/** A graph on disk whose inputs and output are those the studio knows how to feed and read. */
export interface GraphFile {
  readonly path: string
  /** With the weights that lie beside it. */
  readonly bytes: number
  /** Element type of each input, by name. */
  readonly inputs: Readonly<Record<string, GraphElementType>>
  /** The one that is read. */
  readonly output: GraphTensor
}

/** Sizes of a tensor: a number must be that, null must be free, 'one' is a batch of one or a free one. */
type Dims = readonly (number | null | 'one' | 'any')[]

interface NeededInput {
  readonly kind: 'float' | 'whole'
  readonly dims: Dims
  readonly isOptional?: boolean
}

export interface NeededGraph {
  readonly inputs: Readonly<Record<string, NeededInput>>
  readonly output: { readonly names: readonly string[]; readonly dims: Dims; readonly channels?: readonly number[] }
}

const KINDS: Readonly<Record<NeededInput['kind'], readonly GraphElementType[]>> = {
  float: ['float32', 'float16'],
  whole: ['int64', 'int32']
}

const EXPORT_HINT = 'Use one of the models that the catalogue lists, or export it as docs/models.md says.'

/** @throws StudioError `model-missing`, `model-damaged`, `model-unsupported` with the reason */
export async function openGraphFile(path: string, needed: NeededGraph): Promise<GraphFile> {
  const signature = await readGraphSignature(path)
  const trouble = troubleWith(signature, needed)
  if (trouble !== null) {
    const name = `${basename(dirname(path))}/${basename(path)}`
    throw new StudioError('model-unsupported', `The studio cannot run "${name}": ${trouble}.`, { hint: EXPORT_HINT })
  }
  const output = signature.outputs.find(({ name }) => needed.output.names.includes(name)) ?? signature.outputs[0]
  if (!output) throw new StudioError('model-unsupported', `"${path}" gives nothing.`, { hint: EXPORT_HINT })
  return {
    path,
    bytes: await bytesOf(path),
    inputs: Object.fromEntries(signature.inputs.map(({ name, type }) => [name, type])),
    output
  }
}

/** Why the studio cannot run it, to follow a colon; null where it can. */
function troubleWith({ inputs, outputs }: GraphSignature, needed: NeededGraph): string | null {
  for (const [name, need] of Object.entries(needed.inputs)) {
    const given = inputs.find((input) => input.name === name)
    if (!given && need.isOptional) continue
    if (!given) return `it takes no "${name}"`
    const trouble = troubleWithTensor(given, KINDS[need.kind], need.dims)
    if (trouble !== null) return trouble
  }
  const unknown = inputs.find(({ name }) => !(name in needed.inputs))
  if (unknown) return `it takes "${unknown.name}", which the studio does not know`
  const output = outputs.find(({ name }) => needed.output.names.includes(name)) ?? outputs[0]
  if (!output) return 'it gives nothing'
  const { dims, channels } = needed.output
  const trouble = troubleWithTensor(output, KINDS.float, dims)
  if (trouble !== null) return trouble
  const width = output.dims?.[1] ?? null
  if (channels && width !== null && !channels.includes(width))
    return `"${output.name}" has ${width} channels, not ${channels.join(' or ')}`
  return null
}

function troubleWithTensor(
  { name, type, dims }: GraphTensor,
  types: readonly GraphElementType[],
  needed: Dims
): string | null {
  if (type === 'bfloat16') {
    return `"${name}" is of 16-bit brain floats (bfloat16), which Node cannot feed; it takes an export with float16 or float32 inputs`
  }
  if (!types.includes(type)) return `"${name}" is of ${type}, not ${types.join(' or ')}`
  if (dims === null) return null
  if (dims.length !== needed.length) return `"${name}" has ${dims.length} dimensions, not ${needed.length}`
  for (const [axis, need] of needed.entries()) {
    const size = dims[axis] ?? null
    if (size === null || size === need || need === 'any' || (need === 'one' && size === 1)) continue
    if (typeof need === 'number') return `"${name}" has ${size} values where ${need} are needed`
    return `"${name}" is fixed to ${size} where the size must be free`
  }
  return null
}

/** With files beside it that are named after it: weights beyond what one ONNX file holds. */
async function bytesOf(path: string): Promise<number> {
  const [folder, own] = [dirname(path), basename(path)]
  const names = (await readdir(folder)).filter((name) => name.startsWith(own))
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size))
  return sizes.reduce((sum, size) => sum + size, 0)
}
