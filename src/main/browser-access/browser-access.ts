import type { BrowserLink } from '../../domain/browser-link.ts'
import type { BrowserSession } from '../../domain/browser-session.ts'
import { StudioError } from '../../domain/errors.ts'
import type { DocumentStore } from '../store/documents/document-store.ts'
import { hashOf, newToken, OneTimeTokens } from './one-time-tokens.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** Long enough to fetch the tablet, short enough that a link left in a terminal opens nothing. */
const LINK_MS = 10 * MINUTE_MS
/** How long a browser stays let in, as the names of people on a set change. */
export const SESSION_MS = 30 * DAY_MS

/** What every process of a store knows of browsers. */
interface StoredAccess {
  readonly browserSessions: DocumentStore<BrowserSession>
  readonly browserLinks: DocumentStore<BrowserLink>
}

/** How browsers get in: by a link that works once, which leaves them a session. */
export class BrowserAccess {
  readonly #sessions: DocumentStore<BrowserSession>
  readonly #onChanged: () => void
  readonly #forgotten = new Set<() => void>()
  readonly #links: OneTimeTokens

  constructor(stored: StoredAccess, onChanged: () => void) {
    this.#sessions = stored.browserSessions
    this.#links = new OneTimeTokens(stored.browserLinks, LINK_MS)
    this.#onChanged = onChanged
  }

  /** Told when browsers that were let in are not any more. */
  onForgotten(listener: () => void): () => void {
    this.#forgotten.add(listener)
    return () => this.#forgotten.delete(listener)
  }

  /** A link to the page at this address. The token stands behind the #, which no browser sends to anybody. */
  async makeLink(address: string): Promise<{ readonly url: string; readonly expiresAt: Date }> {
    const { token, expiresAt } = await this.#links.issue()
    return { url: `${address}/#enter=${token}`, expiresAt }
  }

  /** Uses a link up; resolves to the token of the new session. @throws StudioError `browser-unknown`. */
  async enter(link: string, agent: string): Promise<string> {
    if (!(await this.#links.redeem(link))) {
      throw new StudioError('browser-unknown', 'This link was used before, or has expired.')
    }
    const token = newToken()
    const createdAt = new Date()
    const expiresAt = new Date(createdAt.getTime() + SESSION_MS)
    await this.#forgetOld(createdAt)
    await this.#sessions.put({ _id: hashOf(token), agent: agent.slice(0, 300), createdAt, expiresAt })
    this.#onChanged()
    return token
  }

  /** The session of this token; null where there is none, or none any more. */
  async sessionOf(token: string): Promise<BrowserSession | null> {
    // Found by the hash of 256 random bits: how long that takes tells nothing of any token.
    const session = await this.#sessions.get(hashOf(token))
    return session && session.expiresAt > new Date() ? session : null
  }

  async sessions(): Promise<BrowserSession[]> {
    const now = new Date()
    return (await this.#sessions.list()).filter(({ expiresAt }) => expiresAt > now)
  }

  /** Every browser needs a new link. */
  async forgetAll(): Promise<void> {
    for (const { _id } of await this.#sessions.list()) await this.#sessions.remove(_id)
    for (const listener of this.#forgotten) listener()
    this.#onChanged()
  }

  async #forgetOld(now: Date): Promise<void> {
    for (const { _id, expiresAt } of await this.#sessions.list()) if (expiresAt <= now) await this.#sessions.remove(_id)
  }
}
