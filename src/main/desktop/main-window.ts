import { BrowserWindow } from 'electron'
import { APP_ORIGIN } from './app-protocol.ts'

/** Panel grey of the interface: no flash of another colour before the page is drawn. */
const BACKGROUND = '#202020'
/** Works from here up to 5K. */
const SMALLEST = { width: 1100, height: 700 }

/** Opens the one window of the studio; it is shown when its page has been drawn. */
export async function openMainWindow(preload: string): Promise<BrowserWindow> {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    show: false,
    backgroundColor: BACKGROUND,
    title: 'APEX Portrait Studio',
    webPreferences: { preload, sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false }
  })
  window.once('ready-to-show', () => window.show())
  await window.loadURL(`${APP_ORIGIN}/`)
  return window
}
