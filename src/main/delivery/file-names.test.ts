import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { extensionOf, stemOf } from './file-names.ts'

describe('stemOf', () => {
  it.each([
    ['IMG_1.JPG', 'IMG_1'],
    ['Jürgen Müller.jpeg', 'Jürgen Müller'],
    ['../../etc/passwd', 'passwd'],
    ['con.jpg', 'con_'],
    ['..', 'portrait'],
    ['', 'portrait'],
    ['a:b?.png', 'a_b_']
  ])('%j becomes %j', (name, stem) => {
    expect(stemOf(name)).toBe(stem)
  })

  it('never leaves a path, a control character, a leading dot or nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const stem = stemOf(name)
        expect(stem).not.toMatch(/[\p{Cc}<>:"/\\|?*]/u)
        expect(stem).not.toMatch(/^[.\s]|[.\s]$/)
        expect(stem.length).toBeGreaterThan(0)
      })
    )
  })
})

describe('extensionOf', () => {
  it('knows what engines write', () => {
    expect(extensionOf('image/png')).toBe('png')
    expect(extensionOf('application/x-unheard-of')).toBe('bin')
  })
})
