import { StudioError, type StudioErrorOptions } from '../../../domain/errors.ts'

/** The server could not be reached, is overloaded or broke off: the same request may well succeed later. */
export class TransientFault extends StudioError {
  /** Milliseconds that the server asks to be left alone, where it says so. */
  readonly retryAfterMs: number | null

  constructor(message: string, options: StudioErrorOptions & { readonly retryAfterMs?: number | null } = {}) {
    super('engine-unavailable', message, options)
    this.retryAfterMs = options.retryAfterMs ?? null
  }
}

/** The server understood the request and does not take it: another request may do. */
export class RequestRefused extends StudioError {
  readonly status: number
  /** What the server says against it, in its own words. */
  readonly says: string

  constructor(where: string, status: number, says: string) {
    super('engine-refused', `The server at ${where} does not take what it was asked (${status}): ${says}`)
    this.status = status
    this.says = says
  }
}
