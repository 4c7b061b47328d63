import { isAbsolute, join, relative, sep } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fileWithin } from './file-within.ts'

const folder = join(sep, 'app', 'renderer')

describe('fileWithin', () => {
  it('finds the page and its parts', () => {
    expect(fileWithin(folder, '/')).toBe(join(folder, 'index.html'))
    expect(fileWithin(folder, '/assets/a%20b.js')).toBe(join(folder, 'assets', 'a b.js'))
    expect(fileWithin(folder, '/assets/../index.html')).toBe(join(folder, 'index.html'))
    expect(fileWithin(folder, '/..hidden.css')).toBe(join(folder, '..hidden.css'))
  })

  it.each([
    '/..',
    '/../renderer-of-another/index.html',
    '/%2e%2e/main/index.js',
    '/..%2fmain/index.js',
    '/%5c..%5cmain/index.js',
    '/assets/../../main/index.js',
    '/%00',
    '/%',
    '//'
  ])('refuses %s', (path) => {
    expect(fileWithin(folder, path)).toBeNull()
  })

  it('never leaves the folder', async () => {
    const segments = fc.constantFrom(
      '..',
      '.',
      '%2e%2e',
      '%2E%2e',
      '%2f',
      '%5c',
      '\\\\',
      'assets',
      'a.js',
      '',
      '%00',
      '%',
      'é'
    )
    await fc.assert(
      fc.property(fc.array(segments, { maxLength: 8 }), fc.constantFrom('/', '//', '%2f'), (parts, separator) => {
        const file = fileWithin(folder, `/${parts.join(separator)}`)
        if (file === null) return
        const within = relative(folder, file)
        expect(isAbsolute(within)).toBe(false)
        expect(within.split(sep)).not.toContain('..')
        expect(within).not.toBe('')
      }),
      { numRuns: 500 }
    )
  })
})
