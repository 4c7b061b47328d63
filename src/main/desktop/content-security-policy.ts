import { MEDIA_SCHEME } from '../../contract/studio/channels.ts'

/**
 * What the window's page may load, sent as a header with every response (https://www.w3.org/TR/CSP3/). Nothing from
 * anywhere but the app itself and its pictures, no inline script, no evaluation. The nonce, new for each response, lets
 * in the style elements of libraries that are handed it.
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "connect-src 'self'",
    `img-src 'self' ${MEDIA_SCHEME}: blob:`,
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'"
  ].join('; ')
}
