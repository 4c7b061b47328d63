import { z } from 'zod'
import { PROBLEM_TYPE, problemSchema } from './problem.ts'

/** For the `response` of every route: whatever goes wrong is a problem document. */
export const PROBLEMS = {
  default: {
    description: 'A problem document (RFC 9457): `code` is stable, `hint` says what to do',
    content: { [PROBLEM_TYPE]: { schema: problemSchema.meta({ id: 'Problem' }) } }
  }
} as const

/** A body of bytes, in the description of a route. */
export const BYTES = z.any().meta({ type: 'string', format: 'binary' })
