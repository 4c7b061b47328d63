import { describe, expect, it } from 'vitest'
import type { Brief } from '../brief.ts'
import { DELIVERY_PROFILES } from '../delivery-profile.ts'
import { judgementOf } from '../judgement.ts'
import { parseParameters } from '../parameters/parameters.ts'
import { EMPTY_BRIEF, engine, row } from './sample-job.fixture.ts'
import { tuneBrief } from './tune.ts'

const BAND = { min: 0.16, max: 0.5 }

/** The settings of each brief while the face stays at one distance, until nothing is left to change them. */
function settingsWhile(
  distance: number,
  settings: Record<string, number> | undefined,
  first = {}
): Brief['settings'][] {
  const briefs: Brief[] = [{ ...EMPTY_BRIEF, settings: first }]
  const judgements = []
  for (let round = 0; round < 12; round++) {
    const judgement = judgementOf([row('identity', distance, BAND)])
    judgements.push(judgement)
    const next = tuneBrief({
      references: [{ path: 'photo.jpg', face: null }],
      inspections: [],
      parameters: parseParameters({}),
      profile: DELIVERY_PROFILES.resume,
      generator: { ...engine('generative'), ...(settings && { settings }) },
      brief: briefs.at(-1) ?? EMPTY_BRIEF,
      judgement,
      history: briefs,
      judgements
    })
    if (!next) break
    for (const repair of next.repairs) expect(repair.reason).toMatch(/^[A-Z].*\.$/)
    briefs.push(next)
  }
  return briefs.map((brief) => brief.settings)
}

describe('a painted face that is not the person’s', () => {
  it('makes the references weigh more, then more of the photo stay', () => {
    const all = settingsWhile(0.7, { 'reference.strength': 0.5, 'img2img.strength': 1 })
    expect(all.map((each) => each['reference.strength'])).toEqual([undefined, 0.75, 1, 1, 1, 1, 1])
    expect(all.map((each) => each['img2img.strength'])).toEqual([undefined, undefined, undefined, 0.85, 0.7, 0.55, 0.4])
  })

  it('changes only what the engine says it takes', () => {
    expect(settingsWhile(0.7, { 'img2img.strength': 0.65 }).slice(1, 3)).toEqual([
      { 'img2img.strength': 0.5 },
      { 'img2img.strength': 0.4 }
    ])
    expect(settingsWhile(0.7, undefined).every((settings) => Object.keys(settings).length === 0)).toBe(true)
  })

  it('lets more of the photo go where the face was copied', () => {
    const first = { 'reference.strength': 1, 'img2img.strength': 0.7 }
    const all = settingsWhile(0.05, { 'reference.strength': 0.5, 'img2img.strength': 1 }, first)
    expect(all.at(-1)).toEqual({ 'reference.strength': 0.5, 'img2img.strength': 1 })
  })
})
