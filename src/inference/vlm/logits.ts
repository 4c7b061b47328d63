import { StudioError } from '../../domain/errors.ts'
import { Tensor } from './transformers.ts'

/**
 * The natural logarithm of each token's probability at the last place of `logits` [1, length, vocabulary].
 * @throws StudioError `engine-output-invalid` where the model gave no numbers.
 */
export function lastLogProbabilities(logits: unknown): Float32Array {
  if (!(logits instanceof Tensor)) throw new StudioError('engine-output-invalid', 'The model gave no logits.')
  const vocabulary = logits.dims.at(-1) ?? 0
  const { data } = logits.to('float32')
  if (!(data instanceof Float32Array)) throw new StudioError('engine-output-invalid', 'The model gave no numbers.')
  return logSoftmax(data.subarray(data.length - vocabulary))
}

function logSoftmax(logits: Float32Array): Float32Array {
  let most = Number.NEGATIVE_INFINITY
  for (const logit of logits) most = Math.max(most, logit)
  let sum = 0
  for (const logit of logits) sum += Math.exp(logit - most)
  const norm = most + Math.log(sum)
  // Half floats overflow on some graphics drivers; what is said then is noise.
  if (!Number.isFinite(norm)) {
    throw new StudioError('engine-output-invalid', 'The vision-language model gave numbers that are none.', {
      hint: 'It is tried again. If it happens again, install weights of another type, e.g. q4.'
    })
  }
  return logits.map((logit) => logit - norm)
}

/** The likeliest tokens, likeliest first. */
export function likeliestTokens(logProbabilities: Float32Array, count: number): number[] {
  const best: number[] = []
  const worth = (token: number | undefined) =>
    token === undefined ? Number.NEGATIVE_INFINITY : (logProbabilities[token] ?? 0)
  for (let token = 0; token < logProbabilities.length; token++) {
    if (best.length >= count && worth(token) <= worth(best.at(-1))) continue
    const at = best.findIndex((other) => worth(other) < worth(token))
    best.splice(at < 0 ? best.length : at, 0, token)
    best.length = Math.min(best.length, count)
  }
  return best
}
