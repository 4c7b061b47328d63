import { StudioError } from '../../domain/errors.ts'
import { say } from '../../domain/sentences/say.ts'

export function cancelledBy(signal: AbortSignal): StudioError {
  return new StudioError('cancelled', say('error-cancelled'), { cause: signal.reason })
}

/** The promise's outcome, or `cancelled` as soon as the signal says so; what was waited for goes on. */
export async function unlessCancelled<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) throw cancelledBy(signal)
  let stop = () => {}
  const cancelled = new Promise<never>((_, reject) => {
    stop = () => reject(cancelledBy(signal))
    signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([promise, cancelled])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
