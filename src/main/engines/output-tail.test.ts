import fc from 'fast-check'
import { expect, it } from 'vitest'
import { OutputTail } from './output-tail.ts'

it('keeps everything while it is short', () => {
  const tail = new OutputTail(20)
  tail.add('one\n')
  tail.add('two\n')
  expect(tail.toString()).toBe('one\ntwo')
})

it('drops the line that was cut in two', () => {
  const tail = new OutputTail(10)
  tail.add('first line\nsecond\n')
  expect(tail.toString()).toBe('second')
})

it('never grows, and ends as the output ends', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.integer({ min: 1, max: 40 }), (chunks, limit) => {
      const tail = new OutputTail(limit)
      for (const chunk of chunks) tail.add(chunk)
      expect(tail.toString().length).toBeLessThanOrEqual(limit)
      expect(chunks.join('').trimEnd().endsWith(tail.toString())).toBe(true)
    })
  )
})
