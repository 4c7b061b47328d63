import { STATUS_CODES } from 'node:http'
import { z } from 'zod'
import { type ErrorCode, errorCodeSchema, StudioError, toStudioError } from '../../domain/errors.ts'

/** Of what the caller has sent or asked for; every other code is a fault on this side: 500. */
const STATUS: Readonly<Partial<Record<ErrorCode, number>>> = {
  'request-invalid': 400,
  'call-invalid': 400,
  'option-invalid': 400,
  'key-missing': 401,
  'browser-unknown': 401,
  'key-refused': 403,
  'origin-refused': 403,
  'call-refused': 403,
  'desktop-only': 403,
  'address-unknown': 404,
  'job-missing': 404,
  'file-missing': 404,
  'artifact-missing': 404,
  'photo-missing': 404,
  'subject-missing': 404,
  'preset-missing': 404,
  'watch-folder-missing': 404,
  'call-unknown': 404,
  'key-unknown': 404,
  'webhook-missing': 404,
  'model-unknown': 404,
  'model-not-installed': 404,
  'method-not-allowed': 405,
  'not-acceptable': 406,
  'request-timeout': 408,
  'job-state': 409,
  'server-off': 409,
  'document-exists': 409,
  'model-licence': 409,
  'model-unfit': 409,
  'model-busy': 409,
  'request-too-large': 413,
  'image-too-large': 413,
  'media-type-unsupported': 415,
  'file-unsupported': 415,
  'host-refused': 421,
  'parameters-invalid': 422,
  'file-empty': 422,
  'image-damaged': 422,
  'image-too-small': 422,
  'face-none': 422,
  'photo-unsuitable': 422,
  'face-several': 422,
  'face-too-small': 422,
  'face-choice-invalid': 422,
  'engine-unknown': 422,
  'engine-refused': 422,
  'idempotency-conflict': 422,
  'model-folder-unfit': 422,
  'webhook-refused': 422,
  'too-many-requests': 429,
  'queue-full': 429,
  // nginx's "client closed request": nobody reads the answer
  cancelled: 499,
  'store-unavailable': 503,
  'store-locked': 503,
  'engine-unavailable': 503,
  'disk-full': 507
}

export const statusOf = (code: ErrorCode): number => STATUS[code] ?? 500

export const PROBLEM_TYPE = 'application/problem+json'

/** What a problem is; the last part is its code. */
const TYPES = 'urn:apex-portrait-studio:problem:'

/** A problem document of RFC 9457; `code` is stable, `hint` says what to do. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  /** The address that was asked. */
  instance: z.string(),
  code: errorCodeSchema,
  hint: z.string(),
  /** What is wrong where, for requests that cannot be understood. */
  errors: z.array(z.object({ at: z.string(), detail: z.string() })).optional(),
  /** Addresses that help on, by what they are. */
  links: z.record(z.string(), z.string()).optional()
})
export type Problem = z.infer<typeof problemSchema>

/** A fault on this side is told by its code only: its words may name files and addresses of the machine. */
const isTold = (status: number) => status < 500 || status === 507

export function problemOf(thrown: unknown, instance: string): Problem {
  const error = asRequestError(thrown)
  const status = statusOf(error.code)
  return {
    type: `${TYPES}${error.code}`,
    title: status === 499 ? 'Client Closed Request' : (STATUS_CODES[status] ?? 'Error'),
    status,
    detail: isTold(status) ? error.message : 'The studio could not do this; its log says why.',
    instance,
    code: error.code,
    hint: error.hint,
    ...listed(error)
  }
}

const detailsSchema = z.object({
  issues: z
    .array(z.object({ path: z.string().optional(), parameter: z.string().optional(), message: z.string() }))
    .optional(),
  links: z.record(z.string(), z.string()).optional()
})

function listed({ details }: StudioError): Pick<Problem, 'errors' | 'links'> {
  const read = detailsSchema.safeParse(details ?? {})
  if (!read.success) return {}
  const { issues, links } = read.data
  return {
    ...(issues && {
      errors: issues.map(({ path, parameter, message }) => ({ at: path ?? parameter ?? '', detail: message }))
    }),
    ...(links && { links })
  }
}

/** Codes of Fastify (https://fastify.dev/docs/latest/Reference/Errors/) that have one of ours. */
const FRAMEWORK: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'request-too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'media-type-unsupported',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'request-invalid',
  FST_ERR_CTP_INVALID_JSON_BODY: 'request-invalid',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'request-invalid',
  FST_ERR_BAD_URL: 'request-invalid'
}

const validationSchema = z.object({
  validationContext: z.string().optional(),
  validation: z.array(z.object({ instancePath: z.string().default(''), message: z.string().default('') }))
})

function asRequestError(thrown: unknown): StudioError {
  const validation = validationSchema.safeParse(thrown)
  if (validation.success) return invalid(validation.data)
  const code = thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : ''
  const ours = FRAMEWORK[code]
  if (ours && thrown instanceof Error) return new StudioError(ours, thrown.message, { cause: thrown })
  const status = thrown instanceof Error && 'statusCode' in thrown ? Number(thrown.statusCode) : 500
  if (!(thrown instanceof Error) || status >= 500) return toStudioError(thrown)
  return new StudioError(FRAMEWORK_STATUS[status] ?? 'request-invalid', thrown.message, { cause: thrown })
}

/** Of plugins of Fastify whose codes are not listed. A path that is forbidden is one that nobody may learn of. */
const FRAMEWORK_STATUS: Readonly<Record<number, ErrorCode>> = {
  403: 'address-unknown',
  404: 'address-unknown',
  413: 'request-too-large',
  415: 'media-type-unsupported'
}

function invalid({ validation, validationContext = 'request' }: z.infer<typeof validationSchema>): StudioError {
  const issues = validation.map(({ instancePath, message }) => ({
    path: `${validationContext}${instancePath.replaceAll('/', '.')}`,
    message
  }))
  const said = issues.map(({ path, message }) => `${path}: ${message}`).join('; ')
  return new StudioError('request-invalid', said, { details: { issues } })
}
