import { z } from 'zod'
import { StudioError } from '../../../src/domain/errors.ts'
import { weightsManifestSchema } from './weights-manifest.ts'

/** 64-bit numbers are text in the JSON form of protocol buffers. */
const wholeSchema = z.union([z.number(), z.string()]).transform(Number)

/** The kinds of TensorFlow's AttrValue that we read; text is base64. */
const attributeSchema = z.object({
  b: z.boolean().optional(),
  s: z.string().optional(),
  list: z.object({ i: z.array(wholeSchema).optional(), s: z.array(z.string()).optional() }).optional(),
  shape: z.object({ dim: z.array(z.object({ size: wholeSchema })).optional() }).optional()
})

const nodeSchema = z.object({
  name: z.string(),
  op: z.string(),
  input: z.array(z.string()).default([]),
  attr: z.record(z.string(), attributeSchema).default({})
})

/** https://github.com/tensorflow/tfjs/blob/master/tfjs-converter/src/data/compiled_api.ts (IGraphDef) */
export const graphModelSchema = z.object({
  modelTopology: z.object({ node: z.array(nodeSchema) }),
  weightsManifest: weightsManifestSchema
})

/** A node of TensorFlow's GraphDef. */
export class GraphModelNode {
  readonly name: string
  readonly operation: string
  /** Names of the nodes whose first output is taken. */
  readonly inputs: readonly string[]
  readonly #attributes: z.infer<typeof nodeSchema>['attr']

  constructor({ name, op, input, attr }: z.infer<typeof nodeSchema>) {
    this.name = name
    this.operation = op
    this.inputs = input.map((reference) => reference.replace(/:0$/, ''))
    this.#attributes = attr
  }

  flag(name: string): boolean {
    return this.#attributes[name]?.b ?? false
  }

  text(name: string): string {
    return fromBase64(this.#attributes[name]?.s ?? '')
  }

  texts(name: string): string[] {
    return (this.#attributes[name]?.list?.s ?? []).map(fromBase64)
  }

  integers(name: string): number[] {
    return this.#attributes[name]?.list?.i ?? []
  }

  /** -1 for a size that is known only when the model runs. */
  shape(name: string): number[] {
    return (this.#attributes[name]?.shape?.dim ?? []).map((dim) => dim.size)
  }

  input(position: number): string {
    const name = this.inputs[position]
    if (name !== undefined) return name
    throw new StudioError('model-damaged', `The node "${this.name}" has no input ${position}.`)
  }
}

function fromBase64(text: string): string {
  return Buffer.from(text, 'base64').toString('utf8')
}
