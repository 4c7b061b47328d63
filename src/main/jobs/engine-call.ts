import { StudioError } from '../../domain/errors.ts'
import type { CallContext, OnProgress } from '../../domain/progress.ts'

export interface EngineCallLimits {
  /** Milliseconds an engine may take until its first sign of life. */
  readonly firstSignMs: number
  /** Milliseconds granted beyond what the engine announced: its own supervisor, which can kill it, goes first. */
  readonly graceMs: number
}

/** A model of many gigabytes may load from a slow drive before its engine reports for the first time. */
export const ENGINE_CALL_LIMITS: EngineCallLimits = { firstSignMs: 15 * 60_000, graceMs: 10_000 }

/** Timers of Node fire at once beyond this (https://nodejs.org/api/timers.html#settimeoutcallback-delay-args). */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/**
 * Runs one call of an engine, and leaves it at once when the signal is raised, whether or not the engine heeds it.
 * @throws the signal's reason; StudioError `engine-timeout` when no sign of life came within the time announced.
 */
export async function callEngine<T>(
  work: (context: CallContext) => Promise<T>,
  signal: AbortSignal,
  onProgress: OnProgress,
  limits: EngineCallLimits
): Promise<T> {
  signal.throwIfAborted()
  const call = new AbortController()
  let live = true
  let overdue: NodeJS.Timeout | undefined
  const expectSignWithin = (ms: number) => {
    clearTimeout(overdue)
    overdue = setTimeout(() => call.abort(silentFor(ms)), Math.min(ms, LONGEST_TIMER_MS))
  }
  const abandon = () => call.abort(signal.reason)
  signal.addEventListener('abort', abandon, { once: true })
  expectSignWithin(limits.firstSignMs)
  try {
    const abandoned = new Promise<never>((_, reject) => {
      call.signal.addEventListener('abort', () => reject(call.signal.reason), { once: true })
    })
    const done = work({
      signal: call.signal,
      onProgress: (progress) => {
        if (!live) return
        expectSignWithin(progress.withinMs + limits.graceMs)
        onProgress(progress)
      }
    })
    return await Promise.race([done, abandoned])
  } finally {
    live = false
    clearTimeout(overdue)
    signal.removeEventListener('abort', abandon)
  }
}

function silentFor(ms: number): StudioError {
  return new StudioError('engine-timeout', `The engine gave no sign of life for ${Math.round(ms / 1000)} s.`)
}
