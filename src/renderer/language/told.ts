import { useTranslation } from 'react-i18next'
import { PARAMETER_NAMES } from '../../domain/parameters/parameters.ts'
import { recognise, recognisePhrase } from '../../domain/sentences/recognise.ts'
import { filled } from '../../domain/sentences/say.ts'
import { GERMAN } from './de/messages.ts'
import { GERMAN_PHRASES, GERMAN_SENTENCES } from './de/sentences.ts'
import { ENGLISH } from './en/messages.ts'

/** What criteria and choices are called in English, by what they are called in German. */
const WORDS = new Map<string, string>()
const gather = (english: Readonly<Record<string, string>>, german: Readonly<Record<string, string>>) => {
  for (const [key, word] of Object.entries(english)) WORDS.set(word.toLowerCase(), german[key] ?? word)
}
gather(ENGLISH.criteria.name, GERMAN.criteria.name)
for (const name of PARAMETER_NAMES) WORDS.set(name, GERMAN.parameters[name])
for (const [name, words] of Object.entries(ENGLISH.choices)) {
  const german: Readonly<Record<string, Readonly<Record<string, string>>>> = GERMAN.choices
  gather(words, german[name] ?? {})
}

/** A decimal point of a figure. */
const POINT = /(?<=\d)\.(?=\d)/g

function germanOf(text: string): string {
  const phrase = recognisePhrase(text)
  if (phrase) return withGerman(GERMAN_PHRASES[phrase.id], phrase.blanks)
  const word = WORDS.get(text.toLowerCase())
  if (word !== undefined) return word
  const parts = text.split(', ')
  return parts.length > 1 ? parts.map(germanOf).join(', ') : text.replace(POINT, ',')
}

function withGerman(template: string, blanks: Readonly<Record<string, string>>): string {
  return filled(template, Object.fromEntries(Object.entries(blanks).map(([name, text]) => [name, germanOf(text)])))
}

/** A stored text of the studio in German; sentences of others, a model's say, stay as they are. */
export function inGerman(text: string): string {
  if (recognisePhrase(text)) return germanOf(text)
  return recognise(text)
    .map((part) => (typeof part === 'string' ? part : withGerman(GERMAN_SENTENCES[part.id], part.blanks)))
    .join(' ')
}

/** Tells a stored text of measurements or rules in the language of the page. */
export function useTold(): (text: string) => string {
  const { language } = useTranslation().i18n
  return language === 'de' ? inGerman : (text) => text
}
