import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DELIVERY_PROFILES, profileSize } from '../delivery-profile.ts'
import { PLACE_IDS } from './background.ts'
import {
  backdropOf,
  CATALOGUE,
  entryOf,
  lightingOf,
  PARAMETER_NAMES,
  parametersSchema,
  parseParameters
} from './parameters.ts'

/** The seed system's own request and the choices of its web form. */
const SEED_REQUEST = {
  purpose: 'professional_linkedin',
  attire: 'business_casual',
  background: 'modern_office',
  vibe: 'confident',
  lighting: 'studio_softbox',
  resolution: '4k'
}
const SEED_CHOICES = {
  purpose: ['linkedin', 'resume', 'corporate website', 'personal branding', 'business card'],
  attire: ['business formal', 'business casual', 'smart casual', 'creative professional', 'academic'],
  background: ['corporate office', 'plain colour', 'plain color', 'outdoor', 'studio', 'library', 'creative space'],
  vibe: ['confident', 'friendly', 'approachable', 'authoritative', 'creative', 'sophisticated', 'warm'],
  lighting: ['natural', 'studio', 'soft', 'dramatic', 'golden hour', 'flash']
} as const

describe('parameters', () => {
  it('take the seed system’s request as it is', () => {
    expect(parseParameters(SEED_REQUEST)).toMatchObject(SEED_REQUEST)
  })

  it.each(Object.entries(SEED_CHOICES))('know every %s of the seed system’s form', (name, words) => {
    for (const word of words) {
      const parsed = parametersSchema.parse({ [name]: word })
      const value =
        name === 'purpose'
          ? parsed.purpose
          : name === 'attire'
            ? parsed.attire
            : name === 'background'
              ? parsed.background
              : name === 'vibe'
                ? parsed.vibe
                : parsed.lighting
      const catalogue = PARAMETER_NAMES.find((each) => each === name)
      expect(catalogue && entryOf(catalogue, value), `${name}: ${word}`).toBeDefined()
    }
  })

  it('keep free text, but not for purpose and resolution', () => {
    expect(parseParameters({ background: 'a lighthouse' }).background).toBe('a lighthouse')
    expect(() => parseParameters({ purpose: 'a lighthouse' })).toThrow(
      expect.objectContaining({ code: 'parameters-invalid' })
    )
  })

  it('refuse what is not a parameter, and operators of a query language', () => {
    expect(() => parseParameters({ colour: 'red' })).toThrow(expect.objectContaining({ code: 'parameters-invalid' }))
    expect(() => parseParameters({ background: { $gt: '' } })).toThrow(
      expect.objectContaining({ code: 'parameters-invalid' })
    )
  })

  it('are the same when parsed twice', () => {
    fc.assert(
      fc.property(fc.record({ background: fc.string({ minLength: 1 }), notes: fc.string() }), (raw) => {
        const once = parametersSchema.safeParse(raw)
        if (once.success) expect(parametersSchema.parse(once.data)).toEqual(once.data)
      })
    )
  })
})

describe('the catalogue', () => {
  it.each(PARAMETER_NAMES)('%s has no two choices that answer to the same word', (name) => {
    const entries = CATALOGUE[name]
    for (const entry of entries) {
      const words = [entry.id, entry.label, ...('aliases' in entry ? entry.aliases : [])]
      for (const word of words) expect(entryOf(name, word)?.id, word).toBe(entry.id)
    }
  })

  it('shows every built-in place under some background', () => {
    const shown = CATALOGUE.background.flatMap((entry) =>
      entry.backdrop.kind === 'place' ? [entry.backdrop.place] : []
    )
    expect(new Set(shown)).toEqual(new Set(PLACE_IDS))
  })

  it('makes a plain colour of any #rrggbb, and knows no backdrop for free text', () => {
    expect(backdropOf('#12aBef')).toEqual({ kind: 'plain', colour: '#12aBef' })
    expect(backdropOf('a lighthouse')).toBeUndefined()
    expect(lightingOf('candles')).toBeUndefined()
  })
})

describe('delivery profiles', () => {
  it.each(Object.values(DELIVERY_PROFILES))('$label aims inside its own limits', (profile) => {
    const { headHeight, eyeLine } = profile.bands
    expect(profile.headHeight).toBeGreaterThan(headHeight.min ?? 0)
    expect(profile.headHeight).toBeLessThan(headHeight.max ?? 1)
    expect(profile.eyeLine).toBeGreaterThan(eyeLine.min ?? 0)
    expect(profile.eyeLine).toBeLessThan(eyeLine.max ?? 1)
  })

  it('give the longer edge the size that was asked for', () => {
    for (const profile of Object.values(DELIVERY_PROFILES)) {
      const { width, height } = profileSize(profile, 1024)
      expect(Math.max(width, height)).toBe(1024)
      expect(width / height).toBeCloseTo(profile.aspect, 2)
    }
  })
})
