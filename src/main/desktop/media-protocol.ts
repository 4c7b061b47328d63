import { realpath } from 'node:fs/promises'
import { isAbsolute, relative, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { net, protocol } from 'electron'
import { MEDIA_SCHEME } from '../../contract/studio/channels.ts'
import { type Media, parseMediaAddress } from '../../contract/studio/media.ts'
import { toStudioError } from '../../domain/errors.ts'
import { APP_ORIGIN } from './app-protocol.ts'

export interface MediaSource {
  /** Folders that pictures are served from. */
  readonly mediaRoots: readonly string[]
  fileOf(media: Media): Promise<{ readonly path: string; readonly mediaType: string }>
}

const HEADERS = {
  'x-content-type-options': 'nosniff',
  // The page compares pictures pixel by pixel, which takes leave to read them.
  'access-control-allow-origin': APP_ORIGIN,
  'cross-origin-resource-policy': 'cross-origin',
  'content-security-policy': "default-src 'none'"
}

/** Addresses name contents by their hash, so what lies behind one never changes. */
const FOR_EVER = 'private, max-age=31536000, immutable'

const nothing = (status: number, words: string) => new Response(words, { status, headers: HEADERS })

/** Serves pictures under studio-media://. Whatever file an id leads to is served only from within the roots, links resolved. */
export function serveMedia(source: () => Promise<MediaSource>): void {
  protocol.handle(MEDIA_SCHEME, async (request) => {
    const url = new URL(request.url)
    const media =
      request.method === 'GET' ? parseMediaAddress(url.host, url.pathname, url.searchParams.get('edge')) : null
    if (media === null) return nothing(404, 'Not found')
    try {
      const { fileOf, mediaRoots } = await source()
      const { path, mediaType } = await fileOf(media)
      if (!(await isWithin(path, mediaRoots))) return nothing(404, 'Not found')
      const file = await net.fetch(pathToFileURL(path).href, { signal: request.signal })
      return new Response(file.body, { headers: { ...HEADERS, 'content-type': mediaType, 'cache-control': FOR_EVER } })
    } catch (thrown) {
      const { code } = toStudioError(thrown)
      return nothing(code === 'artifact-missing' ? 404 : 500, code)
    }
  })
}

async function isWithin(path: string, roots: readonly string[]): Promise<boolean> {
  const real = await realpath(path)
  const found = await Promise.all(
    roots.map(async (root) => {
      const inside = relative(await realpath(root).catch(() => root), real)
      return inside !== '' && !isAbsolute(inside) && inside.split(sep)[0] !== '..'
    })
  )
  return found.includes(true)
}
