/**
 * What the studio's page may load, sent as a header with every response (https://www.w3.org/TR/CSP3/). Nothing from
 * anywhere but where it came from and its pictures, no inline script, no evaluation. The nonce, new for each response,
 * lets in the style elements of libraries that are handed it. `pictures`: where they lie, if not with the page.
 */
export function contentSecurityPolicy(nonce: string, pictures = ''): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "connect-src 'self'",
    ['img-src', "'self'", pictures, 'blob:'].filter(Boolean).join(' '),
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'"
  ].join('; ')
}
