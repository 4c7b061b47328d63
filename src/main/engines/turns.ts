import { unlessCancelled } from './cancellation.ts'

/** Runs tasks one at a time, in the order they were asked for. One that is cancelled while it waits never starts. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve()

  async run<T>(signal: AbortSignal, task: () => Promise<T>): Promise<T> {
    const before = this.#last
    let leave = () => {}
    const mine = new Promise<void>((resolve) => {
      leave = resolve
    })
    this.#last = before.then(() => mine)
    try {
      await unlessCancelled(before, signal)
      return await task()
    } finally {
      leave()
    }
  }
}
