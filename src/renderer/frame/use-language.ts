import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { languageFor } from '../language/languages.ts'
import { useSettings } from '../state/mirror-context.ts'

/** Speaks the language of the settings, or else the system's. */
export function useLanguage(): void {
  const { i18n } = useTranslation()
  const wanted = useSettings((settings) => settings.language)
  const language = wanted === 'system' ? languageFor(navigator.languages) : wanted
  useEffect(() => {
    void i18n.changeLanguage(language)
    document.documentElement.lang = language
    document.documentElement.dir = i18n.dir(language)
  }, [i18n, language])
}
