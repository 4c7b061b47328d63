import { type Dispatcher, request } from 'undici'
import { StudioError } from '../../../domain/errors.ts'
import { connectionError } from './hub-errors.ts'

export interface HubAccess {
  /** Without a slash at its end. */
  readonly endpoint: string
  readonly token: string | undefined
  readonly dispatcher: Dispatcher
  /** How long a server may say nothing, ms. */
  readonly silenceMs: number
}

export type HubAnswer = Dispatcher.ResponseData & { readonly url: URL }

/** The hub sends large files from other hosts, sometimes by way of a third. */
const MOST_REDIRECTS = 5
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/**
 * Asks for something at the hub and follows where it points. The token goes to the hub's own origin and nowhere else.
 * @throws StudioError `hub-unreachable`, `hub-answer-invalid`; the signal's own reason once it is raised.
 */
export async function askHub(
  access: HubAccess,
  address: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal
): Promise<HubAnswer> {
  const own = new URL(access.endpoint)
  let url = new URL(address, `${access.endpoint}/`)
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const answer = await ask(access, url, own, headers, signal)
    if (!REDIRECTS.has(answer.statusCode)) return Object.assign(answer, { url })
    await answer.body.dump().catch(() => undefined)
    url = followed(answer.headers.location, url)
  }
  throw new StudioError('hub-answer-invalid', `${own.host} points from one address to the next without end.`)
}

async function ask(
  { token, dispatcher, silenceMs }: HubAccess,
  url: URL,
  own: URL,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal
): Promise<Dispatcher.ResponseData> {
  const authorization = token !== undefined && url.origin === own.origin ? { authorization: `Bearer ${token}` } : {}
  try {
    return await request(url, {
      dispatcher,
      signal,
      headersTimeout: silenceMs,
      bodyTimeout: silenceMs,
      // A range of a compressed file would be of other bytes.
      headers: { 'user-agent': 'apex-portrait-studio', 'accept-encoding': 'identity', ...headers, ...authorization }
    })
  } catch (thrown) {
    signal.throwIfAborted()
    throw connectionError(url.host, thrown)
  }
}

function followed(location: string | string[] | undefined, from: URL): URL {
  const to = typeof location === 'string' && URL.canParse(location, from) ? new URL(location, from) : null
  if (to === null || !/^https?:$/.test(to.protocol)) {
    throw new StudioError('hub-answer-invalid', `${from.host} points to an address that is none.`)
  }
  if (from.protocol === 'https:' && to.protocol === 'http:') {
    throw new StudioError('hub-answer-invalid', `${from.host} points to ${to.host}, without encryption.`)
  }
  return to
}
