import { describe, expect, it } from 'vitest'
import { RecentlyUsed } from './recently-used.ts'

describe('RecentlyUsed', () => {
  function counting(most: number) {
    const recent = new RecentlyUsed<string>(most)
    const made: string[] = []
    const open = (key: string) =>
      recent.open(key, async () => {
        made.push(key)
        return key
      })
    return { open, made }
  }

  it('makes a thing once, for those who wait for it and those who come later', async () => {
    const { open, made } = counting(2)
    await Promise.all([open('a'), open('a')])
    expect(await open('a')).toBe('a')
    expect(made).toEqual(['a'])
  })

  it('lets go of what was wanted longest ago', async () => {
    const { open, made } = counting(2)
    for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await open(key)
    expect(made).toEqual(['a', 'b', 'c', 'b'])
  })

  it('does not keep a failure', async () => {
    const recent = new RecentlyUsed<string>(2)
    await expect(recent.open('a', () => Promise.reject(new Error('not now')))).rejects.toThrow('not now')
    expect(await recent.open('a', async () => 'then')).toBe('then')
  })
})
