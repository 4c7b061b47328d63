import { describe, expect, it } from 'vitest'
import { trustInWords } from '../../domain/judging/calibration-words.ts'
import { comparisonInWords } from '../../domain/judging/comparison-words.ts'
import { authorInWords } from '../../domain/reporting/report-author.ts'
import { say } from '../../domain/sentences/say.ts'
import { PHRASES, SENTENCES } from '../../domain/sentences/sentences.ts'
import { GERMAN_PHRASES, GERMAN_SENTENCES } from './de/sentences.ts'
import { inGerman } from './told.ts'

const blanksOf = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort()
const all = Object.entries({ ...SENTENCES, ...PHRASES })
const german: Readonly<Record<string, string>> = { ...GERMAN_SENTENCES, ...GERMAN_PHRASES }

describe('the sentences in German', () => {
  it.each(all)('say %s with the same blanks, and not in English', (id, text) => {
    expect(blanksOf(german[id] ?? '')).toEqual(blanksOf(text))
    expect(german[id]).not.toBe(text)
  })

  it('tell a repair with its figures, its limits and what it does', () => {
    const repair = say('repair-by-setting', {
      criterion: 'Head height',
      value: '25.5%',
      limit: say('from-to', { min: '30', max: '48%' }),
      effect: say('crop.headScale+')
    })
    expect(inGerman(repair)).toBe('Kopfhöhe ist 25,5%, soll 30 bis 48% sein; deshalb: der Ausschnitt wird enger.')
  })

  it('tell what was ordered by its German name', () => {
    expect(inGerman(say('cause-background', { background: 'Modern office' }))).toMatch(
      /^Der Hintergrund wurde nicht „(?!Modern office).+“\.$/
    )
  })

  it('tell whose words a brief and a report are, and why', () => {
    const lacks = say('prompt-lacks', { parameter: 'attire', words: 'a dark suit' })
    expect(inGerman(`${say('prompt-mended')} ${lacks}`)).toBe(
      'Der Prompt des Modells wurde ausgebessert. Darin fehlt „Kleidung“: a dark suit.'
    )
    const report = { writtenBy: { engine: 'rules', version: '1' }, note: say('report-figure', { value: '20.5' }) }
    expect(inGerman(authorInWords(report))).toBe(
      'Geschrieben von den Regeln des Studios, allein aus dem Protokoll. Die Zahl 20,5 steht nicht im Protokoll.'
    )
  })

  it('tell which attempt is the better one, and who said so', () => {
    const comparison = { against: 1, better: 2, decidedBy: 'judge', probability: 0.872 } as const
    expect(inGerman(comparisonInWords(2, comparison))).toBe(
      'Besser als Versuch 1, wie der Richter in beiden Reihenfolgen sah (87 %).'
    )
    expect(inGerman(comparisonInWords(2, { ...comparison, better: 1, decidedBy: 'measurements' }))).toBe(
      'Versuch 1 bleibt der bessere, wie gemessen.'
    )
  })

  it('leave what a model wrote as it is', () => {
    expect(inGerman(`The tie is crooked. ${say('face-too-light')}`)).toBe(
      'The tie is crooked. Das Gesicht ist zu hell.'
    )
  })
})

it('how far a judge can be trusted is told with its figures', () => {
  const measured = { id: 'vlm:face', passAt: 0.6, flawed: { n: 8, accepted: 4 }, sound: { n: 8, rejected: 0 } } as const
  const trust = trustInWords({ ground: 'better-than-chance', counts: true, measured })
  expect(inGerman(trust)).toBe(
    'Von eingebauten Fehlern nahm er 50 % (4 von 8, 95-%-Bereich 22 bis 78 %) hin, von guten Bildern wies er 0 % (0 von 8, 95-%-Bereich 0 bis 32 %) zurück.'
  )
})
