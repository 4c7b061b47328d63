import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { app, dialog } from 'electron'
import { toStudioError } from '../domain/errors.ts'
import { registerSchemes } from './desktop/app-protocol.ts'
import { openDesktop } from './desktop/desktop-studio.ts'
import { forkUtilityProcess } from './desktop/electron-fork.ts'
import { hardenPages } from './desktop/hardening.ts'
import { closeBeforeQuit } from './desktop/quit.ts'
import { readEnvFile } from './environment/env-file.ts'
import { readEnvironment } from './environment.ts'
import { storeWorkerEntry } from './store/store-worker-entry.ts'
import { type Studio, studioOpener } from './studio.ts'

/** The manager's 5 s for its jobs, 3 s for each engine to end, and time to close the store. */
const QUIT_MS = 12_000

const packaged = join(process.resourcesPath, 'studio')
const beside = (path: string) => fileURLToPath(new URL(path, import.meta.url))

function beginToOpen(): Promise<Studio> {
  // A desktop starts programs in the home folder, whose .env is not the studio's.
  const named = process.env.APEX_ENV_FILE
  const file = app.isPackaged && !named ? null : readEnvFile(named || null)
  const environment = readEnvironment({ variables: process.env, file })
  const open = studioOpener({
    engineEntry: beside('./engine-process.js'),
    storeWorker: storeWorkerEntry(import.meta.url),
    fork: forkUtilityProcess,
    resources: app.isPackaged ? packaged : beside('../../resources')
  })
  return open({ environment })
}

/** `opening` began before Electron was ready, which the store need not wait for. */
async function openWindow(opening: Promise<Studio>): Promise<void> {
  const opened = openDesktop({
    opening,
    rendererFolder: beside('../renderer'),
    preload: beside('../preload/index.cjs'),
    programFolder: app.isPackaged ? packaged : beside('../..')
  })
  // Whoever ends the studio while it starts waits until it has: what is half open cannot be closed.
  const close = async () => {
    const closeDesktop = await opened.catch(() => null)
    await (closeDesktop ? closeDesktop() : (await opening).close())
  }
  const ending = closeBeforeQuit(close, QUIT_MS)
  await opened.catch((error: unknown) => {
    // A window closed while it was being loaded is no failure to start.
    if (!ending()) throw error
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
  const opening = Promise.resolve().then(beginToOpen)
  // Told once there can be a dialog.
  opening.catch(() => undefined)
  // Not awaited: Electron becomes ready only once this module has been evaluated.
  app
    .whenReady()
    .then(() => openWindow(opening))
    .catch(explain)
}
