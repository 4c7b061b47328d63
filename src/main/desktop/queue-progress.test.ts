import { describe, expect, it } from 'vitest'
import type { JobProgressEvent, QueueState } from '../../contract/studio/events.ts'
import { QueueProgress } from './queue-progress.ts'

const queue = (pending: number, processing: number): QueueState => ({
  paused: false,
  counts: { pending, processing, completed: 9, failed: 0, cancelled: 0 },
  running: [],
  leftMs: null
})
const at = (step: JobProgressEvent['step'], done: number): JobProgressEvent => ({
  jobId: 'a',
  step,
  attempt: 1,
  activity: null,
  done,
  total: 10,
  stepLeftMs: null,
  leftMs: null,
  ledger: [],
  preview: null
})

describe('the progress of the queue', () => {
  it('is none while nothing waits', () => {
    const progress = new QueueProgress()
    expect(progress.value).toBeNull()
    progress.queue(queue(0, 0))
    expect(progress.value).toBeNull()
  })

  it('rises with steps and jobs, and begins anew once the queue was empty', () => {
    const progress = new QueueProgress()
    const seen: (number | null)[] = []
    progress.queue(queue(1, 1))
    for (const step of ['inspect', 'generate', 'judge', 'finish', 'report'] as const) {
      progress.job(at(step, 5))
      seen.push(progress.value)
    }
    progress.queue(queue(0, 1))
    seen.push(progress.value)
    expect(seen).toEqual([...seen].sort((a, b) => Number(a) - Number(b)))
    expect(seen.at(-1)).toBe(0.5)
    progress.queue(queue(0, 0))
    expect(progress.value).toBeNull()
    progress.queue(queue(4, 0))
    expect(progress.value).toBe(0)
  })

  it('never falls back when a second attempt begins', () => {
    const progress = new QueueProgress()
    progress.queue(queue(0, 1))
    progress.job(at('judge', 10))
    const judged = progress.value
    progress.job(at('generate', 0))
    expect(progress.value).toBe(judged)
  })
})
