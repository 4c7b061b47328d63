import i18next, { type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { GERMAN } from './de/messages.ts'
import { ENGLISH } from './en/messages.ts'

export const LANGUAGES = [
  { code: 'en', name: 'English' },
  { code: 'de', name: 'Deutsch' }
] as const
export type LanguageCode = (typeof LANGUAGES)[number]['code']

const NAMESPACES = Object.keys(ENGLISH)

/** The first of the languages a person reads that the studio speaks, else English. */
export function languageFor(preferred: readonly string[]): LanguageCode {
  for (const wanted of preferred) {
    const spoken = LANGUAGES.find(({ code }) => wanted.toLowerCase().split('-')[0] === code)
    if (spoken) return spoken.code
  }
  return 'en'
}

/** Ready at once: every language is part of the page. */
export function createTranslator(language: LanguageCode): i18n {
  const translator = i18next.createInstance()
  void translator.use(initReactI18next).init({
    resources: { en: ENGLISH, de: GERMAN },
    lng: language,
    fallbackLng: 'en',
    ns: NAMESPACES,
    defaultNS: 'studio',
    initAsync: false,
    returnNull: false,
    // React escapes what it draws.
    interpolation: { escapeValue: false }
  })
  return translator
}
