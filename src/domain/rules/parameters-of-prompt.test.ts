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
