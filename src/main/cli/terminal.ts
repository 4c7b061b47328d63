import { clearLine, cursorTo } from 'node:readline'
import { styleText } from 'node:util'
import { type SerializedError, serializeError } from '../../domain/errors.ts'

type Style = Parameters<typeof styleText>[0]

/** Where a command writes: results to stdout, everything about the way there to stderr, so that --json can be piped. */
export class Terminal {
  readonly #out: NodeJS.WriteStream
  readonly #err: NodeJS.WriteStream
  #status = ''

  constructor(out: NodeJS.WriteStream = process.stdout, err: NodeJS.WriteStream = process.stderr) {
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

  /** One line that is overwritten by the next; on anything but a terminal each different line is printed once. */
  status(text: string): void {
    if (text === this.#status) return
    if (this.#err.isTTY) {
      this.#clearStatus()
      this.#err.write(text.slice(0, Math.max(20, this.#err.columns - 1)))
    }
    this.#status = text
  }

  failure(thrown: unknown, subject = ''): void {
    const error: SerializedError = serializeError(thrown)
    const where = subject === '' ? '' : `${subject}: `
    this.note(`${this.style('red', '✕')} ${where}${error.message} [${error.code}]\n  ${error.hint}`)
  }

  style(style: Style, text: string): string {
    return this.#err.isTTY && process.env.NO_COLOR === undefined ? styleText(style, text) : text
  }

  get columns(): number {
    return this.#err.isTTY ? this.#err.columns : 120
  }

  #clearStatus(): void {
    if (this.#status === '' || !this.#err.isTTY) return
    clearLine(this.#err, 0)
    cursorTo(this.#err, 0)
    this.#status = ''
  }
}
