import { maskAddresses } from '../environment/mask.ts'

const CENSOR = '***'

/** Fields that are secrets, or what somebody has written or photographed, by their names in lower case. */
const NEVER_LOGGED = new Set([
  'authorization',
  'cookie',
  'set-cookie',
  'x-api-key',
  'password',
  'secret',
  'token',
  'key',
  'apikey',
  'api_key',
  'notes',
  'prompt',
  'image_base64'
])

/** Levels of objects within objects that are looked through; what lies deeper is left out. */
const DEPTH = 5

const isPlain = (value: object) => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/**
 * The fields of a line without what must not be in it. Own code: pino's redaction takes paths of known depth, and throws
 * at bytes inside an object. Objects of classes, such as errors, are left to the serializers of their fields.
 */
export function withoutSecrets(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, shown(name, value, DEPTH)]))
}

function shown(name: string, value: unknown, depth: number): unknown {
  if (NEVER_LOGGED.has(name.toLowerCase())) return CENSOR
  if (typeof value !== 'object' || value === null) return value
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`
  if (!Array.isArray(value) && !isPlain(value)) return value
  if (depth === 0) return '[…]'
  if (Array.isArray(value)) return value.map((each) => shown('', each, depth - 1))
  return Object.fromEntries(Object.entries(value).map(([inner, each]) => [inner, shown(inner, each, depth - 1)]))
}

/** Shorter ones would be found in words that are no secret. */
const SHORTEST_SECRET = 4

/** RFC 7235 credentials, also where they are quoted in a message. */
const CREDENTIALS = /\b(bearer|basic)\s+[\w.~+/=-]{4,}/gi
/** The studio's own API keys; the id in the middle is no secret. */
const OWN_KEY = /\bapex_([0-9a-z]{8})_[\w-]{20,}/g
/** Pictures as text: far longer than any name or hash. */
const BASE64 = /[A-Za-z\d+/]{256,}={0,2}/g

/** What goes over every finished line, so that a secret inside a message or of a foreign error is caught too. */
export function lineRedactor(secrets: readonly string[]): (line: string) => string {
  const known = secrets
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    // As they stand within JSON.
    .map((secret) => JSON.stringify(secret).slice(1, -1))
  return (line) => {
    const masked = maskAddresses(line)
      .replace(CREDENTIALS, `$1 ${CENSOR}`)
      .replace(OWN_KEY, `apex_$1_${CENSOR}`)
      .replace(BASE64, '[base64]')
    return known.reduce((text, secret) => text.replaceAll(secret, CENSOR), masked)
  }
}
