import type { IncomingMessage } from 'node:http'
import { StudioError, toStudioError } from '../../domain/errors.ts'
import type { HttpApp } from './http-routes.ts'
import { PROBLEM_TYPE, type Problem, problemOf } from './problem.ts'

/** A queue moves and a store comes back within seconds. */
const RETRY_SECONDS = 5
/** Of a body that is not wanted; more is not worth reading to the end, bytes. */
const MOST_UNREAD = 64 * 1024 ** 2

/** Whether what is left of the request is not waited for: its sender stalls, or has much more to send. */
function endsConnection({ complete, headers }: IncomingMessage, { code }: Problem): boolean {
  if (complete) return false
  const length = Number(headers['content-length'] ?? Number.POSITIVE_INFINITY)
  return code === 'request-timeout' || length > MOST_UNREAD
}

/** Answers whatever a route throws, and addresses that there are not, with problem documents. */
export function answerInProblems(app: HttpApp, onFault: (error: StudioError) => void): void {
  app.setNotFoundHandler(() => {
    throw new StudioError('address-unknown', 'There is nothing at this address.')
  })
  app.setErrorHandler(async (thrown, request, reply) => {
    const problem = problemOf(thrown, request.url)
    if (problem.status >= 500) onFault(toStudioError(thrown))
    if (problem.status === 401) reply.header('www-authenticate', 'Bearer')
    if ([429, 503].includes(problem.status) && !reply.hasHeader('retry-after'))
      reply.header('retry-after', RETRY_SECONDS)
    if (endsConnection(request.raw, problem)) reply.header('connection', 'close')
    // Serialised here: a route's own schemas know nothing of problems.
    await reply.status(problem.status).header('content-type', PROBLEM_TYPE).serializer(JSON.stringify).send(problem)
  })
}
