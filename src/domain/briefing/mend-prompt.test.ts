import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DELIVERY_PROFILES } from '../delivery-profile.ts'
import { CATALOGUE, type Parameters, parseParameters } from '../parameters/parameters.ts'
import { wordCount, writePrompt } from '../rules/prompt.ts'
import { checkPrompt } from './check-prompt.ts'
import { mendPrompt } from './mend-prompt.ts'
import { inventedFeatures, withoutGuesses } from './person-words.ts'
import { promptFamilyOf } from './prompt-family.ts'

const idOf = (name: keyof typeof CATALOGUE) => fc.constantFrom(...CATALOGUE[name].map(({ id }) => id))

const anyOrder: fc.Arbitrary<Parameters> = fc
  .record({
    purpose: idOf('purpose'),
    attire: idOf('attire'),
    background: idOf('background'),
    vibe: idOf('vibe'),
    lighting: idOf('lighting'),
    mood: idOf('mood'),
    resolution: idOf('resolution')
  })
  .map((order) => parseParameters(order))

const anyFamily = fc.constantFrom('retouch' as const, 'edit' as const, 'paint' as const)

describe('checkPrompt', () => {
  it('finds nothing wrong with what the rules write for any order', () => {
    fc.assert(
      fc.property(anyOrder, anyFamily, (parameters, family) => {
        const prompt = writePrompt(parameters, DELIVERY_PROFILES[parameters.purpose])
        expect(checkPrompt(prompt, { parameters, family, seen: [] })).toEqual([])
      })
    )
  })

  it('finds each parameter that is left out', () => {
    const parameters = parseParameters({ background: 'white', lighting: 'dramatic' })
    const problems = checkPrompt('A portrait.', { parameters, family: 'paint', seen: [] })
    expect(problems.flatMap((problem) => (problem.kind === 'missing' ? problem.parameter : []))).toEqual(
      expect.arrayContaining(['background', 'lighting', 'attire', 'vibe', 'mood', 'resolution'])
    )
  })
})

describe('mendPrompt', () => {
  it('makes a prompt that passes of any words for any order', () => {
    fc.assert(
      fc.property(anyOrder, anyFamily, fc.lorem({ maxCount: 14, mode: 'sentences' }), (parameters, family, words) => {
        const order = { parameters, family, seen: [] }
        const mended = mendPrompt(words, order, DELIVERY_PROFILES[parameters.purpose])
        expect(mended).not.toBeNull()
        expect(checkPrompt(mended ?? '', order)).toEqual([])
        expect(wordCount(mended ?? '')).toBeGreaterThanOrEqual(50)
      })
    )
  })

  it('gives up where the order’s own words leave no room', () => {
    const long = 'very '.repeat(39).trim()
    const parameters = parseParameters({ attire: long, background: long, vibe: long, lighting: long, mood: long })
    expect(mendPrompt('A portrait.', { parameters, family: 'paint', seen: [] }, DELIVERY_PROFILES.resume)).toBeNull()
  })
})

it('knows a guess from a description', () => {
  expect(withoutGuesses('A young man smiles. He wears his suit.')).toBe('A person smiles. The person wears their suit.')
  expect(inventedFeatures('The person has blue eyes and a grey beard.', ['a grey beard'])).toEqual(['blue eyes'])
  expect(inventedFeatures('Sharp eyes, natural skin, dark suit, white background.', [])).toEqual([])
})

it('knows engines that edit from those that paint', () => {
  const of = (engine: string, kind: 'photographic' | 'generative' = 'generative') =>
    promptFamilyOf({ engine, version: '1', label: '', kind, abilities: [], reason: '' })
  expect(of('flux1-kontext')).toBe('edit')
  expect(of('flux2-klein')).toBe('edit')
  expect(of('flux1-schnell')).toBe('paint')
  expect(of('retouch', 'photographic')).toBe('retouch')
})
