import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { browserLinkSchema } from '../../domain/browser-link.ts'
import { createDocumentStore } from '../store/documents/document-store.ts'
import { makeEmbeddedDatabase, type TestDatabase } from '../store/test-database.fixture.ts'
import { OneTimeTokens } from './one-time-tokens.ts'

let database: TestDatabase
beforeEach(async () => {
  database = await makeEmbeddedDatabase()
})
afterEach(async () => await database.dispose())

/** Those of another process of the same store, each time. */
const tokensOfAnother = async () =>
  new OneTimeTokens(createDocumentStore(await database.connect(), 'browserlinks', browserLinkSchema), 1000)

describe('one-time tokens', () => {
  it('open once, wherever they were made', async () => {
    const [here, there] = [await tokensOfAnother(), await tokensOfAnother()]
    const { token } = await here.issue()
    expect(await there.redeem(`${token}x`)).toBe(false)
    const atOnce = await Promise.all([here, there, here, there].map((tokens) => tokens.redeem(token)))
    expect(atOnce.filter((good) => good)).toHaveLength(1)
    expect(await here.redeem(token)).toBe(false)
  })

  it('open for a while only, each for its own', async () => {
    const tokens = await tokensOfAnother()
    const early = await tokens.issue(0)
    const late = await tokens.issue(900)
    expect(late.expiresAt).toEqual(new Date(1900))
    expect(await tokens.redeem(early.token, 1000)).toBe(false)
    expect(await tokens.redeem(late.token, 1899)).toBe(true)
  })

  it('are few at once: the oldest gives way', async () => {
    const tokens = await tokensOfAnother()
    const issued: string[] = []
    for (let each = 0; each < 21; each += 1) issued.push((await tokens.issue(each)).token)
    const good: boolean[] = []
    for (const token of issued) good.push(await tokens.redeem(token, 100))
    expect(good).toEqual([false, ...Array(20).fill(true)])
  })
})
