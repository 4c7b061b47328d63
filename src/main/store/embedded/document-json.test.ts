import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { documentFromJson, documentToJson } from './document-json.ts'

const key = fc.oneof(fc.string(), fc.constantFrom('$date', '$$date', '$', '$$', 'toJSON', 'constructor', 'a.b'))
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (Object.is(number, -0) ? 0 : number)),
    fc.string({ unit: 'binary' }),
    fc.date({ noInvalidDate: true, min: new Date('0000-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59.999Z') }),
    fc.array(tie('value')),
    fc.dictionary(key, tie('value'), { noNullPrototype: true })
  )
}))

describe('a document as JSON', () => {
  it('comes back as it was', () => {
    const property = fc.property(fc.dictionary(key, value, { noNullPrototype: true }), (document) => {
      expect(documentFromJson(documentToJson(document))).toEqual(document)
    })
    fc.assert(property, { numRuns: 500 })
  })

  it('tags dates as MongoDB does', () => {
    const at = new Date('2026-01-31T12:00:00.007Z')
    expect(documentToJson({ at, list: [at] })).toBe(
      '{"at":{"$date":"2026-01-31T12:00:00.007Z"},"list":[{"$date":"2026-01-31T12:00:00.007Z"}]}'
    )
  })

  it('never takes a document for a date', () => {
    const document = { other: { $date: '2026-01-31T12:00:00.007Z' } }
    expect(documentFromJson(documentToJson(document))).toEqual(document)
  })

  it.each([
    ['NaN', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['a bigint', 1n],
    ['a function', () => 1],
    ['a symbol', Symbol('s')],
    ['a map', new Map([[1, 2]])],
    ['bytes', new Uint8Array(3)],
    ['an invalid date', new Date(Number.NaN)],
    ['a date that text cannot order', new Date('+010000-01-01T00:00:00Z')]
  ])('refuses %s, which JSON would change silently', (_, refused) => {
    expect(() => documentToJson({ deep: [{ refused }] })).toThrow(/cannot be stored/)
  })

  it.each(['', '{', 'null', '[]', '1', '{"$date":"2026-01-31T12:00:00.007Z"}'])('refuses the text %j', (json) => {
    expect(() => documentFromJson(json)).toThrow(expect.objectContaining({ code: 'store-damaged' }))
  })
})
