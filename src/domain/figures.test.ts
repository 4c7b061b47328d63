import { describe, expect, it } from 'vitest'
import { bandInWords, figure, valueInWords } from './figures.ts'

describe('figures', () => {
  it.each([
    [41, '41'],
    [0.4321, '0.43'],
    [12.54, '12.5'],
    [1234.5, '1235'],
    [Number.NaN, 'NaN']
  ])('%d reads %s', (value, words) => {
    expect(figure(value)).toBe(words)
  })

  it('says limits in words', () => {
    expect(bandInWords({ min: 45, max: 55 }, '%')).toBe('45 to 55%')
    expect(bandInWords({ max: 0.5 }, 'distance')).toBe('at most 0.5 distance')
    expect(bandInWords({ min: 3 }, '°')).toBe('at least 3°')
    expect(bandInWords({}, '%')).toBe('')
  })

  it('says nothing for a value that was not measured', () => {
    expect(valueInWords({ value: null, unit: '%' })).toBe('')
  })
})
