import type { Settings } from '../../domain/settings.ts'

/** The language of menus and notifications; English where the system speaks one that the studio does not. */
export function languageOf(setting: Settings['language'], systemLocale: string): 'en' | 'de' {
  if (setting !== 'system') return setting
  return /^de\b/i.test(systemLocale) ? 'de' : 'en'
}
