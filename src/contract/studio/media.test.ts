import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Media, mediaAddress, parseMediaAddress, THUMBNAIL_EDGES } from './media.ts'

const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length })
const media: fc.Arbitrary<Media> = fc.oneof(
  fc.record({ kind: fc.constant('artifact' as const), id: hex(64) }),
  fc.record({ kind: fc.constant('thumbnail' as const), id: hex(64), edge: fc.constantFrom(...THUMBNAIL_EDGES) }),
  fc.record({ kind: fc.constant('swatch' as const), key: hex(32) })
)

function read(address: string): Media | null {
  const url = new URL(address)
  return parseMediaAddress(url.host, url.pathname, url.searchParams.get('edge'))
}

describe('addresses of pictures', () => {
  it('are read as they were written', () => {
    void fc.assert(
      fc.property(media, (each) => {
        expect(read(mediaAddress('studio-media://', each))).toEqual(each)
      })
    )
  })

  it.each([
    ['artifact', '/../../etc/passwd', null],
    ['artifact', '/..%2f..%2fetc%2fpasswd', null],
    ['artifact', `/${'a'.repeat(64)}/..`, null],
    ['artifact', `/${'A'.repeat(64)}`, null],
    ['artifact', '/', null],
    ['thumbnail', `/${'a'.repeat(64)}`, '161'],
    ['thumbnail', `/${'a'.repeat(64)}`, null],
    ['swatch', `/${'a'.repeat(64)}`, null],
    ['file', `/${'a'.repeat(64)}`, null]
  ])('%s%s (%s) is none', (kind, path, edge) => {
    expect(parseMediaAddress(kind, path, edge)).toBeNull()
  })

  it('never name anything but hexadecimal', () => {
    void fc.assert(
      fc.property(
        fc.constantFrom('artifact', 'thumbnail', 'swatch', ''),
        fc.string(),
        fc.string(),
        (kind, path, edge) => {
          const found = parseMediaAddress(kind, path, edge)
          if (found) expect('id' in found ? found.id : found.key).toMatch(/^[0-9a-f]+$/)
        }
      )
    )
  })
})
