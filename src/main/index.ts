import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { app, dialog } from 'electron'
import { toStudioError } from '../domain/errors.ts'
import { registerSchemes } from './desktop/app-protocol.ts'
import { openDesktop } from './desktop/desktop-studio.ts'
import { forkUtilityProcess } from './desktop/electron-fork.ts'
import { hardenPages } from './desktop/hardening.ts'
import { closeBeforeQuit } from './desktop/quit.ts'
import { readEnvironment } from './environment.ts'
import { storeWorkerEntry } from './store/store-worker-entry.ts'
import { studioOpener } from './studio.ts'

/** The manager's 5 s for its jobs, 3 s for each engine to end, and time to close the store. */
const QUIT_MS = 12_000

const beside = (path: string) => fileURLToPath(new URL(path, import.meta.url))

async function openStudio(): Promise<void> {
  const environment = readEnvironment(process.env)
  const packaged = join(process.resourcesPath, 'studio')
  const openStore = studioOpener({
    engineEntry: beside('./engine-process.js'),
    storeWorker: storeWorkerEntry(import.meta.url),
    fork: forkUtilityProcess,
    resources: environment.resources ?? (app.isPackaged ? packaged : beside('../../resources')),
    environment
  })
  const studio = await openStore({})
  let close = () => studio.close()
  closeBeforeQuit(() => close(), QUIT_MS)
  close = await openDesktop({
    studio,
    rendererFolder: beside('../renderer'),
    preload: beside('../preload/index.cjs'),
    programFolder: app.isPackaged ? packaged : beside('../..')
  })
}

function explain(thrown: unknown): void {
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
  app.whenReady().then(openStudio).catch(explain)
}
