import { readFile, stat } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { net } from 'electron'
import { type Media, parseMediaAddress } from '../../contract/studio/media.ts'
import { toStudioError } from '../../domain/errors.ts'
import { isWithinRoots } from '../studio-api/media/within-roots.ts'
import { APP_ORIGIN } from './app-protocol.ts'
import type { Answers } from './doors.ts'

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
export function answerMedia(source: () => Promise<MediaSource>): Answers['media'] {
  return async (request) => {
    const url = new URL(request.url)
    const media =
      request.method === 'GET' ? parseMediaAddress(url.host, url.pathname, url.searchParams.get('edge')) : null
    if (media === null) return nothing(404, 'Not found')
    try {
      const { fileOf, mediaRoots } = await source()
      const { path, mediaType } = await fileOf(media)
      if (!(await isWithinRoots(path, mediaRoots))) return nothing(404, 'Not found')
      const body = await bodyOf(path, request.signal)
      return new Response(body, { headers: { ...HEADERS, 'content-type': mediaType, 'cache-control': FOR_EVER } })
    } catch (thrown) {
      const { code } = toStudioError(thrown)
      return nothing(code === 'artifact-missing' ? 404 : 500, code)
    }
  }
}

/** Of a thumbnail, which is larger by far than most are. */
const SMALL_BYTES = 1024 * 1024

/** A small file is read at once, which takes less time than to stream it. */
async function bodyOf(path: string, signal: AbortSignal): Promise<BodyInit | null> {
  if ((await stat(path)).size <= SMALL_BYTES) return await readFile(path, { signal })
  return (await net.fetch(pathToFileURL(path).href, { signal })).body
}
