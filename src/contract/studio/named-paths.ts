import { z } from 'zod'
import { machinePathSchema } from '../../domain/machine-path.ts'

/**
 * Every path of the studio's own machine that parameters name, found by the schema they were read with. Where a schema
 * leaves open which of several shapes a value has, each is looked at: rather one too many than one too few.
 */
export function namedPaths(schema: z.core.$ZodType, value: unknown): string[] {
  if (value === undefined || value === null) return []
  if (schema === machinePathSchema) return typeof value === 'string' ? [value] : []
  const wrapped = innerOf(schema)
  if (wrapped) return namedPaths(wrapped, value)
  if (schema instanceof z.core.$ZodUnion) return schema._zod.def.options.flatMap((each) => namedPaths(each, value))
  if (schema instanceof z.core.$ZodArray) {
    const { element } = schema._zod.def
    return Array.isArray(value) ? value.flatMap((each) => namedPaths(element, each)) : []
  }
  if (schema instanceof z.core.$ZodRecord) {
    const { valueType } = schema._zod.def
    return Object.values(value).flatMap((each) => namedPaths(valueType, each))
  }
  if (schema instanceof z.core.$ZodObject) {
    const fields = new Map(Object.entries(value))
    return Object.entries(schema._zod.def.shape).flatMap(([key, field]) => namedPaths(field, fields.get(key)))
  }
  if (LEAVES.some((leaf) => schema instanceof leaf)) return []
  throw new Error(`Schemas of the kind "${schema._zod.def.type}" cannot be searched for paths.`)
}

function innerOf(schema: z.core.$ZodType): z.core.$ZodType | null {
  if (schema instanceof z.core.$ZodPipe) return schema._zod.def.in
  const wraps = [z.core.$ZodOptional, z.core.$ZodNullable, z.core.$ZodDefault, z.core.$ZodPrefault] as const
  for (const wrap of wraps) if (schema instanceof wrap) return schema._zod.def.innerType
  return null
}

const LEAVES = [
  z.core.$ZodString,
  z.core.$ZodNumber,
  z.core.$ZodBoolean,
  z.core.$ZodEnum,
  z.core.$ZodLiteral,
  z.core.$ZodNull,
  z.core.$ZodCustom,
  z.core.$ZodDate
] as const
