import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { extensionOf, safeFileName, stemOf } from './file-name.ts'

const anyName = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 600 }),
  fc.string({ unit: 'grapheme', maxLength: 600 }),
  fc.constantFrom(
    'CON',
    'com1.tar',
    'LPT³',
    'nul',
    '..',
    '../../x',
    'a\u202Egpj.exe',
    'x'.repeat(300),
    '👩‍👩‍👧'.repeat(40)
  )
)

describe('safeFileName', () => {
  it.each([
    ['Jürgen Müller', 'Jürgen Müller'],
    ['山田 太郎', '山田 太郎'],
    ['a/b\\c:d', 'a_b_c_d'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['CON', 'CON_'],
    ['com1.tar', 'com1_.tar'],
    ['LPT²', 'LPT²_'],
    ['console', 'console'],
    ['name. . ', 'name'],
    ['.hidden', 'hidden'],
    ['photo\u202Egpj', 'photo_gpj'],
    ['\uD800', '_'],
    ['...', 'portrait'],
    ['', 'portrait']
  ])('%j becomes %j', (name, safe) => {
    expect(safeFileName(name)).toBe(safe)
  })

  it('is a name of one file on every system, whatever it is made of', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const safe = safeFileName(name)
        expect(safe).not.toMatch(/[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\ufeff<>:"/\\|?*]/u)
        expect(safe).not.toMatch(/^[.\s]|[.\s]$/u)
        expect(safe).not.toMatch(/^(con|prn|aux|nul|(com|lpt)[\d¹²³])(\.|$)/iu)
        expect(safe).not.toBe('')
        expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(201)
        expect(safe).toBe(safe.normalize('NFC'))
      })
    )
  })

  it('changes nothing the second time', () => {
    fc.assert(fc.property(anyName, (name) => safeFileName(safeFileName(name)) === safeFileName(name)))
  })

  it('never cuts a character in two', () => {
    // 18 bytes each: three people and two joiners.
    expect(safeFileName('👩‍👩‍👧'.repeat(40))).toBe('👩‍👩‍👧'.repeat(11))
    expect(safeFileName('é'.repeat(150))).toBe('é'.repeat(100))
  })
})

describe('stemOf', () => {
  it.each([
    ['IMG_1.JPG', 'IMG_1'],
    ['Jürgen Müller.jpeg', 'Jürgen Müller'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\photos\\anna.tif', 'anna'],
    ['con.jpg', 'con_'],
    ['.jpg', 'jpg'],
    ['..', 'portrait'],
    ['a:b?.png', 'a_b_']
  ])('%j becomes %j', (name, stem) => {
    expect(stemOf(name)).toBe(stem)
  })
})

describe('extensionOf', () => {
  it('knows what engines write', () => {
    expect(extensionOf('image/png')).toBe('png')
    expect(extensionOf('application/x-unheard-of')).toBe('bin')
  })
})
