/** How many jobs are worked on at once. A job that waits for its engine lends its slot and gets the next one free. */
export class WorkSlots {
  #free: number
  readonly #onFree: () => void
  readonly #returning: Array<() => void> = []

  /** `onFree` is called whenever a slot is free that no returning job waits for. */
  constructor(count: number, onFree: () => void) {
    this.#free = count
    this.#onFree = onFree
  }

  /** A slot for a new job, or null when all are taken. */
  take(): WorkSlot | null {
    if (this.#free === 0) return null
    this.#free -= 1
    return new WorkSlot(this)
  }

  /** @internal Used by the slot itself. */
  give(tell: boolean): void {
    const returning = this.#returning.shift()
    if (returning) {
      returning()
    } else {
      this.#free += 1
      if (tell) this.#onFree()
    }
  }

  /** @internal Resolves to whether the slot was had before the signal was raised. */
  async takeBack(signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false
    if (this.#free > 0) {
      this.#free -= 1
      return true
    }
    return await new Promise((resolve) => {
      const had = () => {
        signal.removeEventListener('abort', leave)
        resolve(true)
      }
      const leave = () => {
        this.#returning.splice(this.#returning.indexOf(had), 1)
        resolve(false)
      }
      this.#returning.push(had)
      signal.addEventListener('abort', leave, { once: true })
    })
  }
}

export class WorkSlot {
  readonly #slots: WorkSlots
  #held = true

  constructor(slots: WorkSlots) {
    this.#slots = slots
  }

  /** Gives the slot away until `wait` has ended, then waits for one again; raising the signal ends that second wait. */
  async lendWhile(wait: () => Promise<void>, signal: AbortSignal): Promise<void> {
    this.end()
    try {
      await wait()
    } finally {
      this.#held = await this.#slots.takeBack(signal)
    }
  }

  end(): void {
    this.#give(true)
  }

  /** Gives a slot back for which there was no work. */
  endUnused(): void {
    this.#give(false)
  }

  #give(tell: boolean): void {
    if (!this.#held) return
    this.#held = false
    this.#slots.give(tell)
  }
}
