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
    expect(bandInWords({ min: -8, max: 8 }, 'L*')).toBe('-8 to 8 L*')
    expect(bandInWords({ min: 1, max: 1 }, 'count')).toBe('exactly 1')
    expect(bandInWords({ min: 0.5 }, 'probability')).toBe('at least 50%')
    expect(bandInWords({ min: 3 }, '°')).toBe('at least 3°')
    expect(bandInWords({}, '%')).toBe('')
  })

  it('leaves out names of scales that mean nothing to a layman', () => {
    expect(valueInWords({ value: 1, unit: 'count' })).toBe('1')
    expect(valueInWords({ value: 0.38, unit: 'EAR' })).toBe('0.38')
    expect(valueInWords({ value: 0.974, unit: 'probability' })).toBe('97.4%')
    expect(valueInWords({ value: 3, unit: 'ΔE00' })).toBe('3 ΔE00')
  })

  it('says nothing for a value that was not measured', () => {
    expect(valueInWords({ value: null, unit: '%' })).toBe('')
  })
})
