import { app, Menu, session } from 'electron'

/**
 * Takes from every page what a studio's page never needs, as Electron's checklist asks
 * (https://www.electronjs.org/docs/latest/tutorial/security). Must run before the app is ready.
 */
export function hardenPages(): void {
  // Chromium's sandbox refuses to run as root, where it must be switched off on the command line; both at once crash.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  // Electron's own menu leads out of the studio.
  Menu.setApplicationMenu(null)
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    contents.on('will-navigate', (event) => event.preventDefault())
    contents.on('will-frame-navigate', (event) => event.preventDefault())
    contents.on('will-attach-webview', (event) => event.preventDefault())
  })
}

/** Refuses every permission a page could ask for. Must run once the app is ready. */
export function denyPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.defaultSession.setPermissionCheckHandler(() => false)
  session.defaultSession.setDevicePermissionHandler(() => false)
}
