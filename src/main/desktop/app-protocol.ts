import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { protocol } from 'electron'
import { CONTENT_SECURITY_POLICY } from './content-security-policy.ts'
import { fileWithin } from './file-within.ts'

export const APP_SCHEME = 'app'
export const APP_ORIGIN = `${APP_SCHEME}://studio`

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2'
}

/** Must run before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } }
  ])
}

const HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin'
}

const missing = () => new Response('Not found', { status: 404, headers: HEADERS })

/** Serves the built page from `folder`, and nothing else, under app://studio. */
export function serveApp(folder: string): void {
  protocol.handle(APP_SCHEME, async (request) => {
    const url = new URL(request.url)
    const file = url.host === 'studio' && request.method === 'GET' ? fileWithin(folder, url.pathname) : null
    const mediaType = file ? MEDIA_TYPES[extname(file)] : undefined
    if (file === null || mediaType === undefined) return missing()
    return await readFile(file).then(
      (bytes) => new Response(bytes, { headers: { ...HEADERS, 'content-type': mediaType } }),
      missing
    )
  })
}
