import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DELIVERY_PROFILES, profileSize } from '../delivery-profile.ts'
import { CATALOGUE, parseParameters } from '../parameters/parameters.ts'
import { parametersOfPrompt, purposeOfSize } from './parameters-of-prompt.ts'
import { writePrompt } from './prompt.ts'

describe('parametersOfPrompt', () => {
  it('finds the places and lights again that the studio’s own prompts name', () => {
    for (const { id: background } of CATALOGUE.background.filter(({ id }) => id !== 'own_backdrop')) {
      for (const { id: lighting } of CATALOGUE.lighting) {
        const asked = parseParameters({ background, lighting })
        const prompt = writePrompt(asked, DELIVERY_PROFILES[asked.purpose])
        expect(parametersOfPrompt(prompt), prompt).toMatchObject({ background, lighting })
      }
    }
  })

  it.each([
    // As the seed system's documentation names its parameters, and as its models write prompts.
    [
      'background: modern_office, lighting: studio_softbox',
      { background: 'modern_office', lighting: 'studio_softbox' }
    ],
    ['A headshot in a modern office, confident, studio softbox light.', { background: 'modern_office' }],
    ['Not in an office but in a forest.', { background: 'forest' }],
    ['A forest without any office.', { background: 'forest' }],
    ['A knight by the parkway, in whitewashed armour.', { background: parseParameters({}).background }],
    ['Plain white. No park!', { background: 'white' }]
  ])('of “%s”', (prompt, expected) => {
    expect(parametersOfPrompt(prompt)).toMatchObject(expected)
  })

  it('takes any text for one', () => {
    void fc.assert(
      fc.property(fc.string(), (prompt) => {
        expect(parseParameters(parametersOfPrompt(prompt))).toEqual(parametersOfPrompt(prompt))
      })
    )
  })

  it('leaves what is not told as it is', () => {
    expect(parametersOfPrompt('')).toEqual(parseParameters({}))
    expect(parametersOfPrompt('xyzzy')).toEqual(parseParameters({}))
  })
})

describe('purposeOfSize', () => {
  it('is that of the nearest proportions', () => {
    expect(purposeOfSize({ width: 1024, height: 1024 })).toBe('professional_linkedin')
    expect(purposeOfSize(profileSize(DELIVERY_PROFILES.corporate_website, 1024))).toBe('corporate_website')
    expect(purposeOfSize({ width: 832, height: 1024 })).toBe('resume')
  })
})
