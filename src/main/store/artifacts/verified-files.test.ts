import { describe, expect, it } from 'vitest'
import { VerifiedFiles } from './verified-files.ts'

const state = { size: 10, mtimeMs: 1_000.5, ino: 7 }

describe('verified files', () => {
  it('are known for as long as they look the same', () => {
    const files = new VerifiedFiles()
    expect(files.has('a', state)).toBe(false)
    files.add('a', state)
    expect(files.has('a', { ...state })).toBe(true)
    for (const change of [{ size: 11 }, { mtimeMs: 1_000.6 }, { ino: 8 }]) {
      expect(files.has('a', { ...state, ...change })).toBe(false)
    }
    files.add('a', { ...state, ino: 8 })
    expect(files.has('a', state)).toBe(false)
  })

  it('are forgotten, those longest known first, where there are very many', () => {
    const files = new VerifiedFiles()
    files.add('first', state)
    files.add('second', state)
    for (let more = 0; more < 4_095; more += 1) files.add(`more ${more}`, state)
    expect(files.has('first', state)).toBe(false)
    expect(files.has('second', state)).toBe(true)
    files.add('second', state)
    files.add('one more', state)
    expect(files.has('second', state)).toBe(true)
  })
})
