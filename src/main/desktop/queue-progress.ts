import type { JobProgressEvent, QueueState } from '../../contract/studio/events.ts'
import type { Step } from '../../domain/progress.ts'

/** Where each step begins in a job, of one that takes a single attempt; rough, which is all a taskbar shows. */
const BEGINS: Readonly<Record<Step, number>> = {
  inspect: 0,
  brief: 0.1,
  tune: 0.1,
  generate: 0.15,
  judge: 0.6,
  finish: 0.7,
  report: 0.98
}

/** How far the queue is since it was last empty, 0..1; null while nothing waits or runs. */
export class QueueProgress {
  #left = 0
  #total = 0
  #share = 0

  queue({ counts }: QueueState): void {
    const left = counts.pending + counts.processing
    if (left === 0) this.#total = 0
    else this.#total += Math.max(0, left - this.#left)
    if (left < this.#left) this.#share = 0
    this.#left = left
  }

  job({ step, done, total }: JobProgressEvent): void {
    const steps = Object.values(BEGINS).sort((a, b) => a - b)
    const begins = BEGINS[step]
    const ends = steps.find((each) => each > begins) ?? 1
    this.#share = Math.max(this.#share, begins + (ends - begins) * Math.min(1, done / total))
  }

  get value(): number | null {
    if (this.#left === 0 || this.#total === 0) return null
    return Math.min(1, (this.#total - this.#left + this.#share) / this.#total)
  }
}
