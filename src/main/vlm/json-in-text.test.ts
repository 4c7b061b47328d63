import fc from 'fast-check'
import { expect, it } from 'vitest'
import { jsonInText } from './json-in-text.ts'

const anyProse = fc.string().map((text) => text.replaceAll('{', '('))

it('finds an object in any prose, whatever its strings hold', () => {
  fc.assert(
    fc.property(anyProse, fc.dictionary(fc.string(), fc.jsonValue()), anyProse, (before, object, after) => {
      const text = JSON.stringify(object)
      expect(jsonInText(`${before}${text}${after}`)).toEqual(JSON.parse(text))
    })
  )
})

it('never fails, whatever it is given', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('{', '}', '"', '\\', ':', 'a', '1') }),
      (text) => void jsonInText(text)
    )
  )
})

it('looks past braces of the prose, and finds nothing in what was cut off', () => {
  expect(jsonInText('Let me {think}: {"a": 1}')).toEqual({ a: 1 })
  expect(jsonInText('```json\n{"a": "}"}\n```')).toEqual({ a: '}' })
  expect(jsonInText('{"a": {"b": 1}')).toBeUndefined()
  expect(jsonInText('nothing')).toBeUndefined()
  expect(jsonInText('{'.repeat(100_000) + '}'.repeat(100_000))).toBeUndefined()
})
