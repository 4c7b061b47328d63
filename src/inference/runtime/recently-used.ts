import { isFrugal } from './frugality.ts'

/** What took long to make and is likely wanted again: the few made or wanted last. */
export class RecentlyUsed<T> {
  readonly #most: number
  readonly #kept = new Map<string, Promise<T>>()

  constructor(most: number) {
    this.#most = isFrugal() ? 1 : most
  }

  /** What is kept under the key, or is made now; what fails is not kept. */
  async open(key: string, make: () => Promise<T>): Promise<T> {
    const kept = this.#kept
    const value = kept.get(key) ?? make()
    // Taken out and put back, so that the order tells what was used last.
    kept.delete(key)
    kept.set(key, value)
    for (const oldest of kept.keys()) if (kept.size > this.#most) kept.delete(oldest)
    try {
      return await value
    } catch (thrown) {
      if (kept.get(key) === value) kept.delete(key)
      throw thrown
    }
  }
}
