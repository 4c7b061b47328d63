import { createHash, randomBytes } from 'node:crypto'
import type { BrowserLink } from '../../domain/browser-link.ts'
import type { DocumentStore } from '../store/documents/document-store.ts'

/** A token cannot be guessed: 256 random bits. */
const TOKEN_BYTES = 32

export const newToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url')
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

/** More than anybody shows at once; the oldest gives way. */
const MOST_AT_ONCE = 20

/**
 * Tokens that each open once, for a short while, at whatever process of the store: they are made by one and may be used
 * at another. Only their hashes are kept; how long one of 256 random bits takes to find tells nothing of any token.
 */
export class OneTimeTokens {
  readonly #store: DocumentStore<BrowserLink>
  readonly #lifeMs: number

  constructor(store: DocumentStore<BrowserLink>, lifeMs: number) {
    this.#store = store
    this.#lifeMs = lifeMs
  }

  async issue(now = Date.now()): Promise<{ readonly token: string; readonly expiresAt: Date }> {
    const newest = (await this.#store.list()).sort((a, b) => b.expiresAt.getTime() - a.expiresAt.getTime())
    for (const [index, { _id, expiresAt }] of newest.entries()) {
      if (index >= MOST_AT_ONCE - 1 || expiresAt.getTime() <= now) await this.#store.remove(_id)
    }
    const token = newToken()
    const expiresAt = new Date(now + this.#lifeMs)
    await this.#store.put({ _id: hashOf(token), expiresAt })
    return { token, expiresAt }
  }

  /** Whether this one was good; it is not any more. Of several that come at once with the same, one is let in. */
  async redeem(token: string, now = Date.now()): Promise<boolean> {
    const link = await this.#store.get(hashOf(token))
    if (!link || !(await this.#store.remove(link._id))) return false
    return link.expiresAt.getTime() > now
  }
}
