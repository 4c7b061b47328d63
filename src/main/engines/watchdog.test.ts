import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Watchdog } from './watchdog.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

function watched() {
  const silence = vi.fn()
  return { silence, watchdog: new Watchdog(silence) }
}

it('calls when the time that was announced is over, and not before', () => {
  const { silence, watchdog } = watched()
  watchdog.expect(1_000)
  vi.advanceTimersByTime(999)
  expect(silence).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(silence).toHaveBeenCalledOnce()
})

it('counts from the newest sign of life', () => {
  const { silence, watchdog } = watched()
  watchdog.expect(1_000)
  vi.advanceTimersByTime(900)
  watchdog.expect(1_000)
  vi.advanceTimersByTime(900)
  expect(silence).not.toHaveBeenCalled()
})

it('rests when told to', () => {
  const { silence, watchdog } = watched()
  watchdog.expect(1_000)
  watchdog.rest()
  vi.advanceTimersByTime(10_000)
  expect(silence).not.toHaveBeenCalled()
})

it('gives the time again after the machine has slept', () => {
  const { silence, watchdog } = watched()
  watchdog.expect(1_000)
  const awake = performance.now()
  vi.spyOn(performance, 'now').mockReturnValue(awake + 3_600_000)
  vi.advanceTimersByTime(1_000)
  expect(silence).not.toHaveBeenCalled()
  vi.spyOn(performance, 'now').mockReturnValue(awake + 3_601_000)
  vi.advanceTimersByTime(1_000)
  expect(silence).toHaveBeenCalledOnce()
})

it('waits for a time that Node cannot count to as long as Node can', () => {
  const { silence, watchdog } = watched()
  watchdog.expect(Number.MAX_SAFE_INTEGER)
  vi.advanceTimersByTime(86_400_000)
  expect(silence).not.toHaveBeenCalled()
})
