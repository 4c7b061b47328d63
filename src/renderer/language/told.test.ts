import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { trustInWords } from '../../domain/judging/calibration-words.ts'
import { comparisonInWords } from '../../domain/judging/comparison-words.ts'
import { authorInWords } from '../../domain/reporting/report-author.ts'
import { anyJob } from '../../domain/rules/any-job.fixture.ts'
import { writeReport } from '../../domain/rules/report.ts'
import { attempt, row, sampleJob } from '../../domain/rules/sample-job.fixture.ts'
import { recognise } from '../../domain/sentences/recognise.ts'
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
    expect(inGerman(repair)).toBe(
      'Kopfhöhe ist 25,5\u00a0%, soll 30 bis 48\u00a0% sein; deshalb: der Ausschnitt wird enger.'
    )
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
      'Besser als Versuch 1, wie das Prüfmodell in beiden Reihenfolgen sah (87 %).'
    )
    expect(inGerman(comparisonInWords(2, { ...comparison, better: 1, decidedBy: 'measurements' }))).toBe(
      'Versuch 1 bleibt der bessere, wie gemessen.'
    )
  })

  it('tell a whole report', () => {
    const height = (value: number) => row('head-height', value, { min: 42, max: 66 })
    const identity = row('identity', 0.9, { max: 0.6 }, { unit: 'distance' })
    const left = row('parameter:attire', null, {}, { outcome: 'not-attempted' })
    const report = writeReport(
      sampleJob({ attempts: [attempt(1, [height(36), identity]), attempt(2, [height(50), identity, left])] })
    )
    expect(inGerman(report.summary)).toBe('Zwei Versuche; keiner traf das Gesicht gut genug.')
    expect(report.attempts.map(({ analysis }) => inGerman(analysis))).toEqual([
      'Er hat 2 von 2 Prüfungen nicht bestanden: der Kopf ist zu klein (Kopfhöhe 36\u00a0%, soll 42 bis 66\u00a0% sein); ' +
        'das Gesicht sieht dem Foto nicht ähnlich genug (Ähnlichkeit 0,9 Abstand, soll höchstens 0,6 Abstand sein).',
      'Er hat 1 von 2 Prüfungen nicht bestanden: das Gesicht sieht dem Foto nicht ähnlich genug ' +
        '(Ähnlichkeit 0,9 Abstand, soll höchstens 0,6 Abstand sein). Von diesem Modell nicht versucht: Kleidung.'
    ])
  })

  it('leave no sentence of any report in English', () => {
    // What engines say when they fail, and what the fixture gives as the reason of a repair.
    const foreign = /^(It ended\.|.* was off\.)$/
    fc.assert(
      fc.property(anyJob, (job) => {
        const { summary, attempts, rootCauses } = writeReport(job)
        const texts = [summary, ...attempts.map(({ analysis }) => analysis), ...rootCauses.map(({ cause }) => cause)]
        for (const text of texts) {
          for (const part of recognise(text)) if (typeof part === 'string') expect(part).toMatch(foreign)
          expect(inGerman(text)).not.toMatch(/\b(?:attempts?|none|should be|and|at (?:least|most))\b/)
        }
      })
    )
  })

  it('name several criteria as a list', () => {
    expect(inGerman(say('not-attempted', { criteria: 'attire, vibe and likeness' }))).toBe(
      'Von diesem Modell nicht versucht: Kleidung, Ausdruck und Ähnlichkeit.'
    )
  })

  it('tell what an engine is and can do', () => {
    expect(inGerman('Built-in retouch')).toBe('Eingebaute Retusche')
    expect(inGerman(say('label-on-server', { model: 'Qwen2.5-VL-7B' }))).toBe('Qwen2.5-VL-7B auf einem Server')
    expect(inGerman(say('engine-by-order'))).toBe('Der Auftrag nennt es.')
  })

  it('tell a phrase that has two parts as a whole', () => {
    expect(inGerman(say('grades-for-vibe'))).toBe('stellt den Farblook ein; der Gesichtsausdruck bleibt der des Fotos')
  })

  it('tell what was found out about a photo', () => {
    expect(inGerman(say('photo-assumed-srgb'))).toBe('sRGB angenommen')
    expect(inGerman('Adobe RGB (1998)')).toBe('Adobe RGB (1998)')
  })

  it('leave sentences of others that begin alike', () => {
    expect(inGerman('We tried; none worked.')).toBe('We tried; none worked.')
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
    'Von eingebauten Fehlern nahm es 50 % (4 von 8, 95-%-Bereich 22 bis 78 %) hin, von guten Bildern wies es 0 % (0 von 8, 95-%-Bereich 0 bis 32 %) zurück.'
  )
})
