import { describe, expect, it } from 'vitest'
import { COMMANDS } from '../../contract/studio/commands.ts'
import { NAME_FIELDS } from '../../domain/delivery/name-template.ts'
import { GERMAN } from './de/messages.ts'
import { ENGLISH } from './en/messages.ts'
import { createFormat } from './format.ts'
import { createTranslator, languageFor } from './languages.ts'

type Messages = { readonly [key: string]: string | Messages }

/** Every text by its path. */
function texts(messages: Messages, path = ''): Map<string, string> {
  return new Map(
    Object.entries(messages).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string' ? [[path + key, value]] : [...texts(value, `${path}${key}.`)]
    )
  )
}

const english = texts(ENGLISH)
const german = texts(GERMAN)
const variables = (text: string | undefined) =>
  [...(text ?? '').matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort()

describe('the languages', () => {
  it('say the same things', () => {
    expect([...german.keys()].sort()).toEqual([...english.keys()].sort())
  })

  it.each([...english])('name the same facts in %s', (key, text) => {
    expect(variables(german.get(key))).toEqual(variables(text))
  })

  it('leave no text empty, but for units that need no word', () => {
    const empty = [...english, ...german].filter(
      ([key, text]) => text.trim() === '' && !key.startsWith('criteria.unit.')
    )
    expect(empty).toEqual([])
  })

  it('are told apart from one another', () => {
    const same = [...english].filter(
      ([key, text]) => german.get(key) === text && text.replaceAll(/\{\{\w+\}\}/g, '').length > 12
    )
    expect(same.map(([key]) => key)).toEqual([])
  })

  it('both name every command', () => {
    for (const { label } of Object.values(COMMANDS)) expect(label.de.length * label.en.length).toBeGreaterThan(0)
  })

  it('explain every word of a file name', () => {
    expect(Object.keys(ENGLISH.delivery.field).sort()).toEqual(Object.keys(NAME_FIELDS).sort())
  })

  it('follow what a person reads', () => {
    expect(languageFor(['fr-FR', 'de-AT', 'en'])).toBe('de')
    expect(languageFor(['zh-Hans'])).toBe('en')
    expect(languageFor([])).toBe('en')
  })

  it('count as their grammar does', () => {
    const german = createTranslator('de').t
    expect(german('queue.left', { count: 1 })).toBe('1 Auftrag')
    expect(german('queue.left', { count: 2 })).toBe('2 Aufträge')
  })
})

describe('figures', () => {
  const en = createFormat('en')
  it('have as many digits as they need', () => {
    expect([0.0634, 43.89, 1024.4, -0.0038].map(en.figure)).toEqual(['0.06', '43.9', '1024', '0'])
    expect(createFormat('de').figure(43.89)).toBe('43,9')
  })

  it('tell time in the unit that says enough', () => {
    expect([400, 45_000, 125_000, 4_900_000].map(en.duration)).toEqual(['1 sec', '45 sec', '2 min', '1 hr 22 min'])
  })

  it('tell sizes as drives do', () => {
    expect([0, 900, 3_210_000_000].map(en.bytes)).toEqual(['0 byte', '900 byte', '2.99 GB'])
  })
})
