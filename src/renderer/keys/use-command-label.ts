import { useTranslation } from 'react-i18next'
import { COMMANDS, type CommandId } from '../../contract/studio/commands.ts'

/** Commands are named in the contract, because the native menu shows them too. */
export function useCommandLabel(): (command: CommandId) => string {
  const { i18n } = useTranslation()
  return (command) => COMMANDS[command].label[i18n.language === 'de' ? 'de' : 'en'].replace(/\s?…$/, '')
}
