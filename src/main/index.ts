import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { app, dialog } from 'electron'
import { registerSchemes, serveApp } from './desktop/app-protocol.ts'
import { openDoors } from './desktop/doors.ts'
import { denyPermissions, hardenPages } from './desktop/hardening.ts'
import { createMainWindow } from './desktop/main-window.ts'
import { closeBeforeQuit } from './desktop/quit.ts'
import { startedAhead, storeWorkerOf } from './store/start-store-worker.ts'

/** The manager's 5 s for its jobs, 3 s for each engine to end, and time to close the store. */
const QUIT_MS = 12_000

const packaged = join(process.resourcesPath, 'studio')
const beside = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/**
 * The window first: what this module imports is little. The processes of the page and of the graphics need this thread to
 * start, and the page its script, so the rest is read once the page has that, while it reads it.
 */
async function start(): Promise<void> {
  const quitting = new AbortController()
  app.once('before-quit', () => quitting.abort())
  denyPermissions()
  const pageFolder = beside('../renderer')
  const script = new Promise<void>((resolve) => serveApp(pageFolder, () => setImmediate(resolve)))
  const createWindow = () => createMainWindow(beside('../preload/index.cjs'))
  const firstWindow = createWindow()
  // A page without a script is told by what is told of its window.
  const desktop = Promise.race([script, firstWindow.loaded]).then(async () => {
    const storeWorker = startedAhead(storeWorkerOf(import.meta.url))
    const { openDesktop } = await import('./desktop/desktop-studio.ts')
    return openDesktop({
      firstWindow,
      createWindow,
      pageFolder,
      engineEntry: beside('./engine-process.js'),
      storeWorker,
      resources: app.isPackaged ? packaged : beside('../../resources'),
      programFolder: app.isPackaged ? packaged : beside('../..'),
      quitting: quitting.signal
    })
  })
  openDoors(desktop.then(({ answers }) => answers))
  const opened = desktop.then(({ opened }) => opened)
  // Whoever ends the studio while it starts waits until it has: what is half open cannot be closed.
  closeBeforeQuit(async () => await (await opened)(), QUIT_MS)
  await opened
}

async function explain(thrown: unknown): Promise<void> {
  const { toStudioError } = await import('../domain/errors.ts')
  const { message, hint, code } = toStudioError(thrown)
  console.error(thrown)
  dialog.showErrorBox('APEX Portrait Studio cannot start', `${message}\n\n${hint}\n\n[${code}]`)
  app.exit(1)
}

/** Two studios on one store would fight over it: the second hands over to the first. */
if (!app.requestSingleInstanceLock()) {
  app.quit()
} else {
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  registerSchemes()
  hardenPages()
  // Not awaited: Electron becomes ready only once this module has been evaluated.
  app.whenReady().then(start).catch(explain)
}
