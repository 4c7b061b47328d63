import type { FastifyRequest } from 'fastify'
import { StudioError } from '../../domain/errors.ts'

/**
 * The one of the media types that the caller likes best; the first where it says nothing or takes anything (RFC 9110,
 * 12.5.1). @throws StudioError `not-acceptable`
 */
export function negotiate<T extends string>(request: FastifyRequest, offered: readonly [T, ...T[]]): T {
  const chosen = request.accepts().type([...offered])
  const found = offered.find((each) => each === chosen)
  if (found) return found
  throw new StudioError('not-acceptable', `This address answers ${offered.join(', ')}.`)
}
