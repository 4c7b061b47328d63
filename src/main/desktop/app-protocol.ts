import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
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

/** The bytes as a body that tells when they are taken. */
function bodyOf(bytes: Uint8Array, onTaken: () => void): ReadableStream<Uint8Array> {
  return new ReadableStream(
    {
      pull(controller) {
        controller.enqueue(bytes)
        controller.close()
        onTaken()
      }
    },
    { highWaterMark: 0 }
  )
}

/** Serves the built page from `folder`, and nothing else, under app://studio. `onScript`: a script was handed over. */
export function serveApp(folder: string, onScript: () => void): void {
  const onTaken = (mediaType: string) => (mediaType.startsWith('text/javascript') ? onScript : () => undefined)
  protocol.handle(APP_SCHEME, async (request) => {
    const nonce = randomBytes(16).toString('base64')
    const missing = () => new Response('Not found', { status: 404, headers: headers(nonce) })
    const url = new URL(request.url)
    const file = url.host === 'studio' && request.method === 'GET' ? fileWithin(folder, url.pathname) : null
    const mediaType = file ? MEDIA_TYPES[extname(file)] : undefined
    if (file === null || mediaType === undefined) return missing()
    try {
      // Read at once: small files of the program itself, for which each wait takes longer than the reading.
      const body =
        extname(file) === '.html' ? await pageHtml(file, nonce) : bodyOf(readFileSync(file), onTaken(mediaType))
      return new Response(body, { headers: { ...headers(nonce), 'content-type': mediaType } })
    } catch {
      return missing()
    }
  })
}
