import { useTranslation } from 'react-i18next'
import { ADVICE } from '../../domain/error-advice.ts'
import { type ErrorCode, errorCodeSchema } from '../../domain/errors.ts'
import { PARAMETER_NAMES } from '../../domain/parameters/parameters.ts'
import { recognise, recognisePhrase, type Said } from '../../domain/sentences/recognise.ts'
import { filled } from '../../domain/sentences/say.ts'
import { SENTENCES } from '../../domain/sentences/sentences.ts'
import { GERMAN_ERRORS } from './de/errors.ts'
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

/** A figure with its unit; names have points too. */
const FIGURE = /^-?\d/
/** A decimal point of a figure. */
const POINT = /(?<=\d)\.(?=\d)/g

/** 'a, b and c' */
const LIST = /, | and /

const wordOf = (text: string) => WORDS.get(text.toLowerCase())

function germanOf(text: string): string {
  const phrase = recognisePhrase(text)
  if (phrase) return withGerman(GERMAN_PHRASES[phrase.id], phrase.blanks)
  const word = wordOf(text)
  if (word !== undefined) return word
  const words = text.split(LIST).map(wordOf)
  if (words.length > 1 && words.every((each) => each !== undefined))
    return `${words.slice(0, -1).join(', ')} und ${words.at(-1)}`
  const parts = text.split(', ')
  if (parts.length > 1) return parts.map(germanOf).join(', ')
  if (!FIGURE.test(text)) return text
  return text
    .replace(POINT, ',')
    .replace(/%$/, '\u00a0%')
    .replace(/ distance$/, ' Abstand')
}

/** Blanks that hold a name, a path or the words of another program. */
const VERBATIM: ReadonlySet<string> = new Set([
  'file',
  'folder',
  'where',
  'job',
  'model',
  'files',
  'faces',
  'reason',
  'how',
  'task',
  'type',
  'variable',
  'place',
  'picture'
])

/** Blanks that hold several texts one after the other. */
const SERIES: ReadonlySet<string> = new Set(['misses'])

function withGerman(template: string, blanks: Readonly<Record<string, string>>): string {
  const told = Object.entries(blanks).map(([name, text]) => {
    if (VERBATIM.has(name)) return [name, text]
    if (name === 'error') return [name, inGerman(text)]
    const texts = SERIES.has(name) ? text.split('; ') : [text]
    return [name, texts.map(germanOf).join('; ')]
  })
  return filled(template, Object.fromEntries(told))
}

/** Blanks that hold nothing but phrases: with anything else in them it is a sentence of others. */
const PHRASES_ONLY: ReadonlySet<string> = new Set(['attempts', 'base', 'past'])

function sentenceInGerman({ id, blanks }: Said): string {
  const isOurs = Object.entries(blanks).every(([name, text]) => !PHRASES_ONLY.has(name) || recognisePhrase(text))
  return isOurs ? withGerman(GERMAN_SENTENCES[id], blanks) : filled(SENTENCES[id], blanks)
}

/** A stored text of the studio in German; sentences of others, a model's say, stay as they are. */
export function inGerman(text: string): string {
  const advised = ADVISED.get(text)
  if (advised !== undefined) return advised
  const parts = recognise(text)
  if (parts.every((part) => typeof part === 'string')) return recognisePhrase(text) ? germanOf(text) : text
  return parts.map((part) => (typeof part === 'string' ? part : sentenceInGerman(part))).join(' ')
}

/** The advice of a code in German, by what it is in English. */
const ADVISED = new Map(errorCodeSchema.options.map((code) => [ADVICE[code] as string, GERMAN_ERRORS[code].hint]))

/** What of an error is told to people. */
export interface ToldError {
  readonly code: ErrorCode
  readonly message: string
  readonly hint: string
}

/** An error in German: its own words where they are known, else what its code means, with its own words in brackets. */
export function errorInGerman({ code, message, hint }: ToldError): ToldError {
  const isKnown = recognise(message).every((part) => typeof part !== 'string')
  const told = isKnown ? inGerman(message) : `${GERMAN_ERRORS[code].message} (${message})`
  return { code, message: told, hint: inGerman(hint) }
}

/** Tells an error in the language of the page. */
export function useToldError(): (error: ToldError) => ToldError {
  const { language } = useTranslation().i18n
  return language === 'de' ? errorInGerman : (error) => error
}

/** Tells a stored text of measurements or rules in the language of the page. */
export function useTold(): (text: string) => string {
  const { language } = useTranslation().i18n
  return language === 'de' ? inGerman : (text) => text
}
