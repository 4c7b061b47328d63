import { Menu, type MenuItemConstructorOptions } from 'electron'

/**
 * The menu bar: what editing text, enlarging the page and closing windows need, in the roles that Electron translates
 * and binds to each system's own keys. Electron's default menu would add links to its own web pages.
 */
export function setMenu(): void {
  const view: MenuItemConstructorOptions = {
    label: 'View',
    submenu: [
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' }
    ]
  }
  const first: MenuItemConstructorOptions = { role: process.platform === 'darwin' ? 'appMenu' : 'fileMenu' }
  Menu.setApplicationMenu(Menu.buildFromTemplate([first, { role: 'editMenu' }, view, { role: 'windowMenu' }]))
}
