/** Long enough that one slow second does not show, short enough that a change does. */
const WINDOW_MS = 10_000
const SETTLED_MS = 1000

/** Bytes per second over the last seconds, by a clock that is handed in. */
export class SpeedMeter {
  #samples: { readonly at: number; readonly bytes: number }[] = []
  #bytes = 0

  /** @param now ms of a clock that never goes back. */
  add(bytes: number, now: number): void {
    this.#bytes += bytes
    this.#samples.push({ at: now, bytes: this.#bytes })
    while ((this.#samples[1]?.at ?? now) < now - WINDOW_MS) this.#samples.shift()
  }

  /** Null until there is something to measure. */
  bytesPerSecond(now: number): number | null {
    const [first] = this.#samples
    if (!first || now - first.at < SETTLED_MS) return null
    return ((this.#bytes - first.bytes) * 1000) / (now - first.at)
  }

  /** Null where nothing is known, or nothing moves. */
  leftMs(bytes: number, now: number): number | null {
    const speed = this.bytesPerSecond(now)
    return speed === null || speed <= 0 ? null : (bytes * 1000) / speed
  }
}
