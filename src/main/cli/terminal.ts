import { clearLine, cursorTo } from 'node:readline'
import { styleText } from 'node:util'
import { type SerializedError, serializeError } from '../../domain/errors.ts'

/** Columns where the stream does not say. */
const NARROW = 80
const WIDE = 120

type Style = Parameters<typeof styleText>[0]

/** A stream that may be a terminal. */
export type Screen = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number }

/** Where a command writes: results to stdout, everything about the way there to stderr, so that --json can be piped. */
export class Terminal {
  readonly #out: Screen
  readonly #err: Screen
  #status = ''

  constructor(out: Screen = process.stdout, err: Screen = process.stderr) {
    this.#out = out
    this.#err = err
  }

  result(text: string): void {
    this.#clearStatus()
    this.#out.write(`${text}\n`)
  }

  note(text: string): void {
    this.#clearStatus()
    this.#err.write(`${text}\n`)
  }

  /** One line that is overwritten by the next; shown on a terminal only, since a log has no use for it. */
  status(text: string): void {
    if (!this.#err.isTTY || text === this.#status) return
    this.#clearStatus()
    this.#err.write(text.slice(0, (this.#err.columns ?? NARROW) - 1))
    this.#status = text
  }

  failure(thrown: unknown, subject = ''): void {
    const error: SerializedError = serializeError(thrown)
    const where = subject === '' ? '' : `${subject}: `
    this.note(`${this.style('red', '✗')} ${where}${error.message} [${error.code}]\n  ${error.hint}`)
  }

  style(style: Style, text: string): string {
    return this.#err.isTTY && process.env.NO_COLOR === undefined ? styleText(style, text) : text
  }

  /** Whether somebody reads along, and not a log. */
  get isWatched(): boolean {
    return this.#err.isTTY ?? false
  }

  get columns(): number {
    return this.#err.columns ?? WIDE
  }

  #clearStatus(): void {
    if (this.#status === '') return
    clearLine(this.#err, 0)
    cursorTo(this.#err, 0)
    this.#status = ''
  }
}
