import type { Socket } from 'node:net'
import type { ConnectionError } from 'fastify'
import { StudioError } from '../../domain/errors.ts'
import { PROBLEM_TYPE, problemOf } from './problem.ts'

/** What Node's parser says (https://nodejs.org/api/http.html#event-clienterror) of what is no request, or a slow one. */
function errorOf(code: string | undefined): StudioError {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new StudioError('request-timeout', 'The request did not arrive in time.')
    case 'HPE_HEADER_OVERFLOW':
      return new StudioError('request-too-large', 'The headers are too long.')
    default:
      return new StudioError('request-invalid', 'This is no HTTP request.')
  }
}

/** Answers on the bare socket where there is no request that a route could answer, and ends the connection. */
export function answerBrokenRequest(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  if (socket.writable) {
    const problem = problemOf(errorOf(error.code), '')
    const body = JSON.stringify(problem)
    socket.write(
      `HTTP/1.1 ${problem.status} ${problem.title}\r\nContent-Type: ${PROBLEM_TYPE}\r\n` +
        `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`
    )
  }
  socket.destroySoon()
}
