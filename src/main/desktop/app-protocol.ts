import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { protocol } from 'electron'
import { MEDIA_SCHEME } from '../../contract/studio/channels.ts'
import { contentSecurityPolicy } from '../studio-page/content-security-policy.ts'
import { pageHtml } from '../studio-page/page-html.ts'
import { fileWithin } from './file-within.ts'

const APP_SCHEME = 'app'
export const APP_ORIGIN = `${APP_SCHEME}://studio`

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.woff2': 'font/woff2'
}

/** Must run before the app is ready. */
export function registerSchemes(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      // Compiled scripts are kept for the next start.
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true }
    },
    {
      scheme: MEDIA_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true, stream: true }
    }
  ])
}

// No Cross-Origin-Opener-Policy: nothing opens this window, and Chromium would throw the process away that it has started
// for the page and start another.
const headers = (nonce: string) => ({
  'content-security-policy': contentSecurityPolicy(nonce, `${MEDIA_SCHEME}:`),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer'
})

/** Serves the built page from `folder`, and nothing else, under app://studio. */
export function serveApp(folder: string): void {
  protocol.handle(APP_SCHEME, async (request) => {
    const nonce = randomBytes(16).toString('base64')
    const missing = () => new Response('Not found', { status: 404, headers: headers(nonce) })
    const url = new URL(request.url)
    const file = url.host === 'studio' && request.method === 'GET' ? fileWithin(folder, url.pathname) : null
    const mediaType = file ? MEDIA_TYPES[extname(file)] : undefined
    if (file === null || mediaType === undefined) return missing()
    try {
      const body = extname(file) === '.html' ? await pageHtml(file, nonce) : await readFile(file)
      return new Response(body, { headers: { ...headers(nonce), 'content-type': mediaType } })
    } catch {
      return missing()
    }
  })
}
