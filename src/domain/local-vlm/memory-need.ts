import { StudioError } from '../errors.ts'
import { say } from '../sentences/say.ts'
import { type ChosenWeights, growsOnProcessor, type WeightsFor } from './weight-files.ts'

/** An allowance, not a measurement: onnxruntime holds some weights a second time, laid out anew for its kernels. */
const LAID_OUT_ANEW = 1.25
/**
 * An allowance: keys and values of 2048 tokens take 94 MB with SmolVLM-256M (30 layers, 3 heads of 64, fp32: its
 * config.json), and the activations of a picture's tiles at least as much.
 */
const WORKING_BYTES = 256 * 1024 ** 2

/** Bytes that a model takes of the machine's memory while it is open. */
export function memoryNeed({ types, bytes }: ChosenWeights, runsOn: WeightsFor): number {
  const grown = runsOn === 'processor' && Object.values(types).some(growsOnProcessor) ? 2 : 1
  return bytes * grown * LAID_OUT_ANEW + WORKING_BYTES
}

const inGigabytes = (bytes: number) => `${(bytes / 1024 ** 3).toFixed(1)} GB`

/** @throws StudioError `engine-out-of-memory` where the need is more than the share of what is free. */
export function requireMemory(need: number, free: number, share: number): void {
  if (need <= free * share) return
  throw new StudioError(
    'engine-out-of-memory',
    say('error-memory-vlm', { needed: inGigabytes(need), free: inGigabytes(free * share) }),
    { hint: say('hint-smaller-model'), details: { needed: need, free, share } }
  )
}
