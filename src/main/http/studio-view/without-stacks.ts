import type { StudioAnswer } from '../../../contract/studio/transport.ts'
import type { SerializedError } from '../../../domain/errors.ts'

/** Where in the program an error was raised is for the machine's own log. */
export function withoutStacks(answer: StudioAnswer): StudioAnswer {
  return answer.ok ? answer : { ok: false, error: bare(answer.error) }
}

function bare({ stack: _, cause, ...error }: SerializedError): SerializedError {
  return cause ? { ...error, cause: bare(cause) } : error
}
