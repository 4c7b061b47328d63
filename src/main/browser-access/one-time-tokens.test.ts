import { describe, expect, it } from 'vitest'
import { OneTimeTokens } from './one-time-tokens.ts'

describe('one-time tokens', () => {
  it('open once', () => {
    const tokens = new OneTimeTokens(1000)
    const { token } = tokens.issue()
    expect(tokens.redeem(`${token}x`)).toBe(false)
    expect(tokens.redeem(token)).toBe(true)
    expect(tokens.redeem(token)).toBe(false)
  })

  it('open for a while only, each for its own', () => {
    const tokens = new OneTimeTokens(1000)
    const early = tokens.issue(0)
    const late = tokens.issue(900)
    expect(late.expiresAt).toEqual(new Date(1900))
    expect(tokens.redeem(early.token, 1000)).toBe(false)
    expect(tokens.redeem(late.token, 1899)).toBe(true)
  })

  it('are few at once: the oldest gives way', () => {
    const tokens = new OneTimeTokens(1000)
    const issued = Array.from({ length: 21 }, () => tokens.issue(0).token)
    expect(tokens.redeem(issued[0] ?? '', 1)).toBe(false)
    expect(issued.slice(1).map((token) => tokens.redeem(token, 1))).toEqual(Array(20).fill(true))
  })
})
