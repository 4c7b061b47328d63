import { describe, expect, it } from 'vitest'
import { DELIVERY_PROFILES } from '../../domain/delivery-profile.ts'
import { parseParameters } from '../../domain/parameters/parameters.ts'
import { retouchSettingsSchema } from '../../domain/retouch-settings.ts'
import type { CropPlan } from './crop.ts'
import { limitationsOf } from './limitations.ts'
import { notesOf } from './notes.ts'

const profile = DELIVERY_PROFILES.resume
const settings = retouchSettingsSchema.parse({})
const plan: CropPlan = {
  frame: { centre: { x: 0, y: 0 }, width: 4, height: 5, angle: 0 },
  headHeight: profile.headHeight,
  eyeLine: profile.eyeLine,
  headCentre: 0,
  cutsFace: false,
  visibleCuts: []
}
const plainly = { isMonochrome: false, backdropNotes: [], touched: [] }
const one = { path: 'a.jpg', face: null }

describe('notesOf', () => {
  it('says nothing where everything went as asked', () => {
    expect(notesOf({ references: [one], parameters: parseParameters({}) }, plainly, plan, profile, settings)).toEqual(
      []
    )
  })

  it('tells of a tighter crop, of cuts, of neighbours, of photos left out, of a stand-in background and of missing colour', () => {
    const notes = notesOf(
      { references: [one, one], parameters: parseParameters({ background: 'the surface of the moon' }) },
      { isMonochrome: true, backdropNotes: [], touched: ['right'] },
      { ...plan, headHeight: profile.headHeight * 1.2, visibleCuts: [{ side: 'left', x: 0, y: 3 }] },
      profile,
      settings
    )
    expect(notes).toHaveLength(6)
    expect(notes.join(' ')).toContain('left')
    expect(notes.join(' ')).toContain('(right)')
    expect(notes.join(' ')).toContain('the surface of the moon')
  })

  it('says that the nearest place is offered, and what is to be known of a backdrop', () => {
    const parameters = parseParameters({ background: 'library' })
    const known = { isMonochrome: false, touched: [], backdropNotes: ['The backdrop is small.'] }
    expect(notesOf({ references: [one], parameters }, known, plan, profile, settings)).toEqual([
      'There is no place for "Library": the built-in engine offers the nearest place there is: the hall.',
      'The backdrop is small.'
    ])
  })

  it('says that the photo ends in the face', () => {
    const made = { ...plan, cutsFace: true }
    const notes = notesOf({ references: [one], parameters: parseParameters({}) }, plainly, made, profile, settings)
    expect(notes).toHaveLength(1)
    expect(notes[0]).toContain('cuts the face')
  })

  it('takes a crop that was asked to be tight for what it is', () => {
    const tight = { ...settings, 'crop.headScale': 1.2 }
    const made = { ...plan, headHeight: profile.headHeight * 1.2 }
    expect(notesOf({ references: [one], parameters: parseParameters({}) }, plainly, made, profile, tight)).toEqual([])
  })
})

describe('limitationsOf', () => {
  const limited = (input: object) => limitationsOf(parseParameters(input)).map(({ parameter }) => parameter)

  it('names what real pixels cannot become', () => {
    expect(limited({ attire: 'business_formal' })).toContain('attire')
    expect(limited({ attire: 'as_photographed' })).not.toContain('attire')
    expect(limited({ notes: 'please smile' })).toContain('notes')
  })

  it('names a background it has only something near for, or nothing at all', () => {
    expect(limited({ background: 'library' })).toContain('background')
    expect(limited({ background: 'the surface of the moon' })).toContain('background')
    for (const background of ['modern_office', 'white', '#336699'])
      expect(limited({ background })).not.toContain('background')
  })

  it('leaves light and mood out, which it does change', () => {
    const parameters = limited({ lighting: 'dramatic', mood: 'warm' })
    expect(parameters).not.toContain('lighting')
    expect(parameters).not.toContain('mood')
  })
})
