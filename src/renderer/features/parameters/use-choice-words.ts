import { useTranslation } from 'react-i18next'
import type { ParameterName } from '../../../domain/parameters/parameters.ts'

/** What a choice is called; free text is called what it says. */
export function useChoiceWords(): (name: ParameterName, value: string) => string {
  const { t } = useTranslation('choices')
  return (name, value) => t(`${name}.${value.replaceAll(/[.:]/g, ' ')}`, { defaultValue: value })
}
