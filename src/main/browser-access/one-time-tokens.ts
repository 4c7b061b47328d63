import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** A token cannot be guessed: 256 random bits. */
const TOKEN_BYTES = 32

export const newToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url')
export const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()

/** More than anybody shows at once; the oldest gives way. */
const MOST_AT_ONCE = 20

/** Tokens that each open once, for a short while. Only their hashes are kept, and only in memory. */
export class OneTimeTokens {
  readonly #lifeMs: number
  #waiting: { readonly hash: Buffer; readonly expiresAt: number }[] = []

  constructor(lifeMs: number) {
    this.#lifeMs = lifeMs
  }

  issue(now = Date.now()): { readonly token: string; readonly expiresAt: Date } {
    const token = newToken()
    const expiresAt = now + this.#lifeMs
    this.#waiting = [...this.#alive(now), { hash: hashOf(token), expiresAt }].slice(-MOST_AT_ONCE)
    return { token, expiresAt: new Date(expiresAt) }
  }

  /** Whether this one was good; it is not any more. Every one that waits is compared, each in constant time. */
  redeem(token: string, now = Date.now()): boolean {
    const hash = hashOf(token)
    const alive = this.#alive(now)
    const left = alive.filter((each) => !timingSafeEqual(each.hash, hash))
    this.#waiting = left
    return left.length < alive.length
  }

  #alive(now: number) {
    return this.#waiting.filter(({ expiresAt }) => expiresAt > now)
  }
}
