import { z } from 'zod'
import type { CatalogueModel } from './catalogue-model.ts'

const bytesSchema = z.number().nonnegative()

/** What a model has to do with. */
export const machineSchema = z.object({
  /** Of the whole machine, bytes. */
  memory: bytesSchema,
  /** What may still be written where models are kept, bytes. */
  freeDisk: bytesSchema,
  /** The graphics card, where one is known; `memory` in bytes. */
  gpu: z.object({ name: z.string(), memory: bytesSchema }).nullable(),
  /** Graphics and processor share one memory, as on Apple silicon. */
  unifiedMemory: z.boolean()
})
export type Machine = z.infer<typeof machineSchema>

export const modelFitSchema = z.object({
  /**
   * fits: it runs as it should. slow: it runs, but no graphics card is known that could hold it. memory-short and
   * disk-short: it does not run, or does not even find room.
   */
  verdict: z.enum(['fits', 'slow', 'memory-short', 'disk-short']),
  needs: z.object({ memory: bytesSchema, disk: bytesSchema }),
  has: z.object({ memory: bytesSchema, disk: bytesSchema })
})
export type ModelFit = z.infer<typeof modelFitSchema>

const GIBIBYTE = 1024 ** 3
/** What the system, the studio and its built-in engine want beside a model; an estimate. */
const RESERVED_MEMORY = 2 * GIBIBYTE
/** A drive that is filled to the last byte stops everything else on it. */
export const SPARE_DISK = GIBIBYTE

/** Whether a machine can hold and run a model. `have`: bytes of it that are on the drive already. */
export function fitOf(model: CatalogueModel, machine: Machine, have: number): ModelFit {
  const missing = Math.max(0, model.bytes - have)
  const needs = { memory: model.memory.least, disk: missing === 0 ? 0 : missing + SPARE_DISK }
  const ownMemory = Math.max(0, machine.memory - RESERVED_MEMORY)
  const gpuMemory = machine.gpu?.memory ?? 0
  const has = { memory: Math.max(ownMemory, gpuMemory), disk: machine.freeDisk }
  const onGpu = gpuMemory >= needs.memory || (machine.unifiedMemory && ownMemory >= needs.memory)
  return { verdict: verdictOf(model, needs, has, onGpu), needs, has }
}

function verdictOf(
  model: CatalogueModel,
  needs: ModelFit['needs'],
  has: ModelFit['has'],
  onGpu: boolean
): ModelFit['verdict'] {
  if (has.disk < needs.disk) return 'disk-short'
  if (has.memory < needs.memory) return 'memory-short'
  return onGpu || model.role === 'vlm' ? 'fits' : 'slow'
}
