import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import type { ApiKey, ApiScope } from '../../../domain/api-key.ts'
import { StudioError } from '../../../domain/errors.ts'
import type { DocumentStore } from '../../store/documents/document-store.ts'
import type { Caller } from './access.ts'

const KEY = /^apex_([0-9a-z]{8})_[0-9A-Za-z_-]{43}$/
const ID_LETTERS = '0123456789abcdefghijklmnopqrstuvwxyz'
const ID_LENGTH = 8
/** 256 random bits cannot be guessed, so that a plain hash of them is as good as a slow one. */
const SECRET_BYTES = 32

const hashOf = (key: string) => createHash('sha256').update(key).digest()

/** The API keys of a studio. Only their hashes are stored. */
export class ApiKeys {
  readonly #store: DocumentStore<ApiKey>

  constructor(store: DocumentStore<ApiKey>) {
    this.#store = store
  }

  /** Makes a key; `key` is told this once. */
  async add(name: string, scopes: readonly ApiScope[]): Promise<{ readonly key: string; readonly stored: ApiKey }> {
    const id = Array.from({ length: ID_LENGTH }, () => ID_LETTERS[randomInt(ID_LETTERS.length)]).join('')
    const key = `apex_${id}_${randomBytes(SECRET_BYTES).toString('base64url')}`
    const stored = { _id: id, name, scopes: [...scopes], hash: hashOf(key).toString('hex'), createdAt: new Date() }
    await this.#store.put(stored)
    return { key, stored }
  }

  list(): Promise<ApiKey[]> {
    return this.#store.list()
  }

  /** @throws StudioError `key-unknown`. */
  async revoke(id: string): Promise<void> {
    if (!(await this.#store.remove(id))) throw new StudioError('key-unknown', `There is no key ${id}.`)
  }

  /** Whose key this text is; null for anything else. Takes as long for a wrong secret as for the right one. */
  async callerOf(text: string): Promise<Caller | null> {
    const id = KEY.exec(text)?.[1]
    if (id === undefined) return null
    const stored = await this.#store.get(id)
    const expected = stored ? Buffer.from(stored.hash, 'hex') : Buffer.alloc(SECRET_BYTES)
    const isTheirs = timingSafeEqual(expected, hashOf(text))
    return stored && isTheirs ? { id: `key:${stored._id}`, scopes: stored.scopes } : null
  }
}
