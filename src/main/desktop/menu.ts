import { Menu, type MenuItemConstructorOptions } from 'electron'
import { COMMAND_IDS, COMMANDS, type Command, type CommandId, keysOf } from '../../contract/studio/commands.ts'
import type { Settings } from '../../domain/settings.ts'
import { shownAccelerator } from './accelerators.ts'

type Language = 'en' | 'de'
type Group = Command['group']

const TITLES: Readonly<Record<Group, Readonly<Record<Language, string>>>> = {
  file: { en: 'File', de: 'Datei' },
  edit: { en: 'Edit', de: 'Bearbeiten' },
  view: { en: 'View', de: 'Ansicht' },
  rate: { en: 'Rate', de: 'Bewerten' },
  compare: { en: 'Compare', de: 'Vergleichen' },
  go: { en: 'Go', de: 'Gehe zu' },
  help: { en: 'Help', de: 'Hilfe' }
}

/** What Electron itself does, in the roles that it translates and binds to each system's own keys. */
const ROLES: Readonly<Record<Group, readonly MenuItemConstructorOptions[]>> = {
  file: process.platform === 'darwin' ? [{ role: 'close' }] : [{ role: 'quit' }],
  edit: [{ role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }],
  view: [{ role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }],
  rate: [],
  compare: [],
  go: [],
  help: []
}

export interface MenuOptions {
  readonly settings: Pick<Settings, 'shortcuts'>
  readonly language: Language
  readonly onCommand: (command: CommandId) => void
}

/** The menu bar, made from the one list of commands. Electron's default menu would add links to its own web pages. */
export function setMenu({ settings, language, onCommand }: MenuOptions): void {
  const item = (id: CommandId): MenuItemConstructorOptions => {
    const accelerator = shownAccelerator(keysOf(id, settings.shortcuts), process.platform)
    return {
      id,
      label: COMMANDS[id].label[language],
      click: () => onCommand(id),
      registerAccelerator: false,
      ...(accelerator !== undefined && { accelerator })
    }
  }
  const menu = (group: Group): MenuItemConstructorOptions => {
    const commands = COMMAND_IDS.filter((id) => COMMANDS[id].group === group && COMMANDS[id].inMenu).map(item)
    const roles = ROLES[group]
    const separator: MenuItemConstructorOptions[] = roles.length > 0 ? [{ type: 'separator' }] : []
    return { label: TITLES[group][language], submenu: [...commands, ...separator, ...roles] }
  }
  const groups: readonly Group[] = ['file', 'edit', 'view', 'go', 'rate', 'compare']
  const application: MenuItemConstructorOptions[] = process.platform === 'darwin' ? [{ role: 'appMenu' }] : []
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([...application, ...groups.map(menu), { role: 'windowMenu' }, menu('help')])
  )
}
