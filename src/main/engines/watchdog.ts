/** Fired this much late, the timer itself was held up: the machine slept, or this process was blocked. */
const HELD_UP_MS = 1_000

/** Longer delays make Node fire at once (https://nodejs.org/api/timers.html#settimeoutcallback-delay-args). */
const LONGEST_MS = 2 ** 31 - 1

/** Calls back when no sign of life came within the time that was announced. */
export class Watchdog {
  readonly #onSilence: () => void
  #timer: NodeJS.Timeout | undefined

  constructor(onSilence: () => void) {
    this.#onSilence = onSilence
  }

  /** The next sign of life is due within `ms` from now. */
  expect(ms: number): void {
    this.rest()
    const due = performance.now() + Math.min(ms, LONGEST_MS)
    this.#timer = setTimeout(
      () => {
        // After a sleep the engine has not had its time either.
        if (performance.now() - due > HELD_UP_MS) this.expect(ms)
        else this.#onSilence()
      },
      Math.min(ms, LONGEST_MS)
    )
  }

  rest(): void {
    clearTimeout(this.#timer)
  }
}
