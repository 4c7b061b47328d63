import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DELIVERY_PROFILES } from '../delivery-profile.ts'
import type { BriefRequest, EngineDescription } from '../engine.ts'
import { CATALOGUE, entryOf, PARAMETER_NAMES, type Parameters, parseParameters } from '../parameters/parameters.ts'
import type { PhotoInspection } from '../photo.ts'
import { retouchSettingsSchema } from '../retouch-settings.ts'
import { writeFirstBrief } from './brief.ts'
import { MAX_WORDS, MIN_WORDS, wordCount, writePrompt } from './prompt.ts'
import { engine, inspection } from './sample-job.fixture.ts'

const fromCatalogue: fc.Arbitrary<Parameters> = fc
  .record(
    Object.fromEntries(PARAMETER_NAMES.map((name) => [name, fc.constantFrom(...CATALOGUE[name].map(({ id }) => id))]))
  )
  .map(parseParameters)

const prompted = (parameters: Parameters) => writePrompt(parameters, DELIVERY_PROFILES[parameters.purpose])

describe('the prompt', () => {
  it('names every parameter of the catalogue in 50 to 100 words, lens, light and framing included', () => {
    fc.assert(
      fc.property(fromCatalogue, (parameters) => {
        const prompt = prompted(parameters)
        expect(wordCount(prompt)).toBeGreaterThanOrEqual(MIN_WORDS)
        expect(wordCount(prompt)).toBeLessThanOrEqual(MAX_WORDS)
        for (const name of PARAMETER_NAMES) expect(prompt).toContain(entryOf(name, parameters[name])?.prompt)
        expect(prompt).toMatch(/mm lens at f\//)
        expect(prompt).toMatch(/% of the height/)
        expect(prompt).toContain('invent nothing')
      }),
      { numRuns: 300 }
    )
  })

  it('says nothing of who the person is', () => {
    fc.assert(
      fc.property(fromCatalogue, (parameters) => {
        expect(prompted(parameters)).not.toMatch(
          /\b(man|woman|male|female|young|old|beautiful|handsome|slim|his|her)\b/i
        )
      })
    )
  })

  it("keeps the client's own words, however many, and quotes the notes whole", () => {
    const words = fc.array(fc.constantFrom('teal', 'velvet', 'brick', 'rain', 'lamps'), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(words, words, words, (attire, background, notes) => {
        const parameters = parseParameters({
          attire: attire.join(' '),
          background: background.join(' '),
          notes: notes.join(' ')
        })
        const prompt = prompted(parameters)
        expect(prompt).toContain(attire.join(' '))
        expect(prompt).toContain(background.join(' '))
        expect(prompt.endsWith(`“${notes.join(' ')}”`)).toBe(true)
        const own = attire.length + background.length
        const ours = wordCount(prompt) - wordCount(notes.join(' '))
        expect(ours).toBeGreaterThanOrEqual(MIN_WORDS)
        expect(ours - own).toBeLessThanOrEqual(MAX_WORDS)
      })
    )
  })
})

describe('the first brief', () => {
  const request = (kind: EngineDescription['kind'], order: object, photo?: PhotoInspection): BriefRequest => {
    const parameters = parseParameters(order)
    return {
      references: [{ path: 'photo.jpg', face: null }],
      inspections: photo ? [photo] : [],
      parameters,
      profile: DELIVERY_PROFILES[parameters.purpose],
      generator: engine(kind)
    }
  }
  const settings = (order: object, photo?: PhotoInspection) =>
    writeFirstBrief(request('photographic', order, photo)).settings

  it('sets nothing that order and photo do not call for', () => {
    expect(settings({}, inspection({ left: [560, 400], right: [440, 400] }))).toEqual({})
    expect(settings({})).toEqual({})
  })

  it('levels a head that leans, whichever way', () => {
    expect(settings({}, inspection({ left: [560, 430], right: [440, 400] }))).toEqual({ 'crop.levelling': 0.8 })
    expect(settings({}, inspection({ left: [560, 370], right: [440, 400] }))).toEqual({ 'crop.levelling': 0.8 })
  })

  it('sharpens less what was photographed small', () => {
    const small = settings({}, inspection({ left: [530, 400], right: [470, 400] }))
    expect(small['detail.sharpen']).toBeLessThan(retouchSettingsSchema.parse({})['detail.sharpen'])
  })

  it('leaves the person as they are for a passport', () => {
    expect(settings({ purpose: 'passport' })).toMatchObject({
      'crop.levelling': 1,
      'retouch.strength': 0,
      'grade.strength': 0
    })
  })

  it("trusts the photo's light where its background stays", () => {
    expect(settings({ background: 'original' })).toMatchObject({ 'light.strength': 0.15, 'light.contactShadow': 0 })
    expect(settings({ background: 'original', lighting: 'dramatic' })).not.toHaveProperty(['light.strength'])
  })

  it('only names settings the engine has, within their ranges', () => {
    fc.assert(
      fc.property(fromCatalogue, fc.nat(1000), fc.nat(1000), (parameters, x, y) => {
        const made = settings(parameters, inspection({ left: [x, y], right: [500, 500] }))
        expect(retouchSettingsSchema.safeParse(made).success).toBe(true)
      })
    )
  })

  it('tells an engine that paints what to avoid, and sets nothing', () => {
    const brief = writeFirstBrief(request('generative', {}))
    expect(brief.settings).toEqual({})
    expect(brief.negativePrompt).toContain('watermark')
  })
})
