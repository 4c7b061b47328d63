import { type StudioError, toStudioError } from '../../../domain/errors.ts'
import type { HttpApp } from '../http-routes.ts'
import { problemOf } from '../problem.ts'

/** An error as OpenAI's clients read it: https://platform.openai.com/docs/guides/error-codes */
export interface OpenAiFailure {
  readonly status: number
  readonly body: { readonly error: { message: string; type: string; param: null; code: string } }
}

export function openAiFailure(thrown: unknown): OpenAiFailure {
  const { status: ours, detail, hint, code, errors = [] } = problemOf(thrown, '')
  // A key that is wrong is 401 there, as none is.
  const status = code === 'key-refused' ? 401 : ours
  const where = errors.map((error) => `${error.at} ${error.detail}`.trim()).join('; ')
  const message = [detail, where, hint].filter((part) => part !== '').join(' ')
  return { status, body: { error: { message, type: typeOf(status), param: null, code } } }
}

function typeOf(status: number): string {
  if (status === 401) return 'authentication_error'
  if (status === 403) return 'permission_error'
  if (status === 404) return 'not_found_error'
  if (status === 429) return 'rate_limit_error'
  return status < 500 ? 'invalid_request_error' : 'server_error'
}

/** A queue moves, and an engine comes back, within seconds. */
const RETRY_SECONDS = 5

/** Has the routes of a part of a server answer mistakes in the form that clients of OpenAI's API read, and in no other. */
export function failLikeOpenAi(app: HttpApp, onFault: (error: StudioError) => void): void {
  app.setErrorHandler(async (thrown, _request, reply) => {
    const { status, body } = openAiFailure(thrown)
    if (status >= 500) onFault(toStudioError(thrown))
    if (status === 401) reply.header('www-authenticate', 'Bearer')
    if (status === 429 || status === 503) reply.header('retry-after', RETRY_SECONDS)
    await reply.status(status).serializer(JSON.stringify).send(body)
  })
}
