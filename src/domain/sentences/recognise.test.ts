import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CRITERION_IDS } from '../criterion.ts'
import { counted, criterionWords } from '../rules/criterion-words.ts'
import { recognise, recognisePhrase } from './recognise.ts'
import { filled, say } from './say.ts'
import { PHRASES, SENTENCES, type SentenceId } from './sentences.ts'

const figure = fc.constantFrom('41%', '0.43 distance', '-2.5°', '1024', '3.1 σ L*', '12 ΔE00', '0.7')
const whole = fc.integer({ min: 1, max: 9999 }).map(String)
const limit = fc.oneof(
  figure.map((value) => say('at-least', { value })),
  figure.map((value) => say('at-most', { value })),
  figure.map((value) => say('from-to', { min: '3', max: value }))
)
const effect = fc.constantFrom(say('crop.headScale+'), say('light.tint-'), say('crop.avoidTouch+'))
const words = fc.array(fc.constantFrom('our', 'lobby', '(west)', 'is', 'and', 'should', 'to'), {
  minLength: 1,
  maxLength: 5
})
const label = fc.constantFrom(...CRITERION_IDS).map((id) => criterionWords(id).label)

/** What stands in the blanks of each name. */
const BLANKS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  value: figure,
  count: whole,
  given: whole,
  pixels: whole,
  share: whole,
  min: whole,
  max: whole,
  limit,
  effect,
  criterion: label,
  does: fc.constantFrom(say('keeps-clothes'), say('nearest-place', { place: 'a street' })),
  sides: fc.constantFrom('left', 'left, top'),
  was: figure,
  number: whole,
  attempts: fc.integer({ min: 1, max: 12 }).map((count) => counted(count, 'attempt')),
  base: fc.constantFrom(...CRITERION_IDS).map((id) => criterionWords(id).base),
  past: fc.constantFrom(...CRITERION_IDS).map((id) => criterionWords(id).past),
  misses: fc.constantFrom('likeness', 'the head is too small (head height 36%, should be 42 to 66%); likeness')
}
const blanksOf = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].flatMap(([, name]) => name ?? [])

const ids = Object.keys(SENTENCES).filter((id): id is SentenceId => id in SENTENCES)
const said = fc
  .constantFrom(...ids)
  .chain((id) =>
    fc
      .record(
        Object.fromEntries(
          blanksOf(SENTENCES[id]).map((name) => [name, BLANKS[name] ?? words.map((each) => each.join(' '))])
        )
      )
      .map((blanks) => ({ id, blanks }))
  )

describe('a text of the studio', () => {
  it('is known again, sentence by sentence, with what stood in its blanks', () => {
    fc.assert(
      fc.property(fc.array(said, { minLength: 1, maxLength: 4 }), (sentences) => {
        const text = sentences.map(({ id, blanks }) => filled(SENTENCES[id], blanks)).join(' ')
        expect(recognise(text)).toEqual(sentences)
      })
    )
  })

  it('stands beside sentences of others, which stay whole', () => {
    const text = `A model wrote this. ${say('face-too-dark')} And that, at 3.5 EV, too.`
    expect(recognise(text)).toEqual([
      'A model wrote this.',
      { id: 'face-too-dark', blanks: {} },
      'And that, at 3.5 EV, too.'
    ])
  })

  it('is never lost, whatever was written', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const told = recognise(text).map((part) => (typeof part === 'string' ? part : SENTENCES[part.id]))
        expect(told.join('').replace(/\s/gu, '')).toBe(text.replace(/\s/gu, ''))
      })
    )
  })
})

describe('a phrase', () => {
  it('is known by its whole text only', () => {
    expect(recognisePhrase(PHRASES['crop.headScale+'])).toEqual({ id: 'crop.headScale+', blanks: {} })
    expect(recognisePhrase('0.3 to 0.48')).toEqual({ id: 'from-to', blanks: { min: '0.3', max: '0.48' } })
    expect(recognisePhrase('the way to the sea')).toBeNull()
    expect(recognisePhrase('the crop is tighter than that')).toBeNull()
  })
})
