import { describe, expect, it } from 'vitest'
import { parameterOptions, parsePortraitOptions } from './portrait-options.ts'

describe('parsePortraitOptions', () => {
  it('fills in what is not said', () => {
    const options = parsePortraitOptions({})
    expect(options).toMatchObject({ out: 'portraits', json: false, samePerson: false })
    expect(options.parameters).toMatchObject({ purpose: 'professional_linkedin', resolution: '1k' })
  })

  it('reads numbers written as text', () => {
    expect(parsePortraitOptions({ seed: '7', face: '2', attempts: '1' })).toMatchObject({
      seed: 7,
      face: 2,
      attempts: 1
    })
  })

  it.each([
    [{ face: '0' }, 'option-invalid'],
    [{ seed: '1.5' }, 'option-invalid'],
    [{ seed: '' }, 'option-invalid'],
    [{ seed: '1e3' }, 'option-invalid'],
    [{ seed: '-1' }, 'option-invalid'],
    [{ seed: '2147483648' }, 'option-invalid'],
    [{ background: '#12' }, 'parameters-invalid'],
    [{ background: '#gggggg' }, 'parameters-invalid'],
    [{ lighting: 'x'.repeat(201) }, 'parameters-invalid'],
    [{ attempts: 'many' }, 'option-invalid'],
    [{ attempts: '99' }, 'option-invalid'],
    [{ purpose: 'wedding' }, 'parameters-invalid'],
    [{ resolution: '8k' }, 'parameters-invalid'],
    [{ backdrop: 'hall.hdr', background: 'city' }, 'option-invalid'],
    [{ background: 'own_backdrop' }, 'option-invalid']
  ])('%j is refused with %s', (raw, code) => {
    expect(() => parsePortraitOptions(raw)).toThrow(expect.objectContaining({ code }))
  })

  it('names the option that it refuses', () => {
    expect(() => parsePortraitOptions({ seed: '' })).toThrow('--seed takes a whole number')
    expect(() => parsePortraitOptions({ attempts: '0' })).toThrow('--attempts is at least 1')
    expect(() => parsePortraitOptions({ lighting: 'x'.repeat(201) })).toThrow('lighting takes at most 200 characters')
  })

  it('keeps free text where it is allowed', () => {
    expect(parsePortraitOptions({ background: 'a lighthouse in fog' }).parameters.background).toBe(
      'a lighthouse in fog'
    )
  })

  it('offers an option with its choices for every parameter', () => {
    const help = parameterOptions().map((option) => `${option.flags} ${option.description}`)
    expect(help.find((line) => line.startsWith('--lighting'))).toContain('studio_softbox')
  })
})
