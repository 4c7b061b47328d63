/**
 * What the window's page may load, sent as a header with every response (https://www.w3.org/TR/CSP3/). Nothing from
 * anywhere but the app itself, no inline script, no evaluation.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' blob:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'"
].join('; ')
