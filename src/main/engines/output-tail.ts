/** The end of what a process has printed; memory stays bounded however much it prints. */
export class OutputTail {
  readonly #limit: number
  #text = ''

  /** @param limit in UTF-16 units */
  constructor(limit: number) {
    this.#limit = limit
  }

  add(text: string): void {
    this.#text = (this.#text + text).slice(-this.#limit)
  }

  /** Whole lines only, unless there is but one. */
  toString(): string {
    const cut = this.#text.length === this.#limit ? this.#text.indexOf('\n') + 1 : 0
    return this.#text.slice(cut).trimEnd()
  }
}
