import { type ErrorCode, StudioError } from '../../../domain/errors.ts'
import { say } from '../../../domain/sentences/say.ts'

/** Of the header `X-Error-Code`: https://huggingface.co/docs/huggingface_hub/package_reference/utilities#errors. */
const GATED = 'GatedRepo'

export interface Refusal {
  readonly status: number
  /** The host that refused; a file may lie on another than the hub. */
  readonly host: string
  readonly errorCode: string | null
  /** What was asked for, in words. */
  readonly subject: string
  readonly hasToken: boolean
}

/** What an answer other than success means. */
export function refusalError({ status, host, errorCode, subject, hasToken }: Refusal): StudioError {
  const said = (code: ErrorCode, words: string, hint?: string) =>
    new StudioError(code, `${words} (${host} answered ${status}).`, { hint, details: { status, host } })
  if (errorCode === GATED || status === 403)
    return said('model-gated', `${subject} is given only to accounts that have accepted its terms`)
  if (status === 401) {
    return hasToken
      ? said(
          'model-gated',
          `The hub does not accept the token for ${subject}`,
          'Set HF_TOKEN to a token that is still valid.'
        )
      : said('model-gated', `${subject} is not given without an account`)
  }
  if (status === 404 || status === 410) return said('model-withdrawn', `There is no ${subject} at the hub`)
  if (status === 429) return said('hub-busy', `The hub wants to be asked less often for ${subject}`)
  return said('hub-refused', `The hub does not give ${subject}`)
}

/** Worth another try: the server is busy or has a fault of the moment (RFC 9110, section 15). */
export const isPassing = (status: number) => status === 408 || status === 425 || status === 429 || status >= 500

/** A connection that could not be made, or broke. */
export function connectionError(host: string, cause: unknown): StudioError {
  const why = cause instanceof Error ? reasonOf(cause) : String(cause)
  return new StudioError('hub-unreachable', say('error-hub-unreachable', { where: host, reason: why }), { cause })
}

function reasonOf(error: Error): string {
  if (error instanceof AggregateError && error.errors[0] instanceof Error) return reasonOf(error.errors[0])
  return error.message === '' && 'code' in error ? String(error.code) : error.message
}
