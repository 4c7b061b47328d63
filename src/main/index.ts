import { fileURLToPath } from 'node:url'
import { app, BrowserWindow } from 'electron'
import { registerAppScheme, serveApp } from './desktop/app-protocol.ts'
import { denyPermissions, hardenPages } from './desktop/hardening.ts'
import { openMainWindow } from './desktop/main-window.ts'
import { setMenu } from './desktop/menu.ts'

const beside = (path: string) => fileURLToPath(new URL(path, import.meta.url))

async function openStudio(): Promise<void> {
  denyPermissions()
  setMenu()
  serveApp(beside('../renderer'))
  const open = () => openMainWindow(beside('../preload/index.cjs'))
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) void open()
  })
  await open()
}

/** Two studios on one store would fight over it: the second hands over to the first. */
if (!app.requestSingleInstanceLock()) {
  app.quit()
} else {
  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows()
    if (window?.isMinimized()) window.restore()
    window?.focus()
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  registerAppScheme()
  hardenPages()
  // Not awaited: Electron becomes ready only once this module has been evaluated.
  app
    .whenReady()
    .then(openStudio)
    .catch((error: unknown) => {
      console.error(error)
      app.exit(1)
    })
}
