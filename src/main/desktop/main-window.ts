import { BrowserWindow } from 'electron'
import { APP_ORIGIN } from './app-protocol.ts'

/** Panel grey of the interface: no flash of another colour before the page is drawn. */
const BACKGROUND = '#202020'
/** Works from here up to 5K. */
const SMALLEST = { width: 1100, height: 700 }
const USUAL = { width: 1440, height: 900 }

export interface MainWindow {
  readonly window: BrowserWindow
  /** Resolves once its page has been loaded, or will not be. */
  readonly loaded: Promise<void>
  /** Resolves once its page has been drawn. */
  readonly drawn: Promise<void>
}

/** Makes the one window of the studio, which is not shown yet, and begins to load its page. */
export function createMainWindow(preload: string): MainWindow {
  const window = new BrowserWindow({
    ...USUAL,
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    show: false,
    backgroundColor: BACKGROUND,
    title: 'APEX Portrait Studio',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false
    }
  })
  const { webContents } = window
  const loaded = new Promise<void>((resolve) => {
    webContents.once('did-stop-loading', () => resolve())
    webContents.once('destroyed', () => resolve())
  })
  const drawn = new Promise<void>((resolve) => window.once('ready-to-show', () => resolve()))
  // about:blank asks nobody before it goes there.
  webContents.on('did-navigate', (_event, url) => {
    if (!url.startsWith(`${APP_ORIGIN}/`)) void window.loadURL(`${APP_ORIGIN}/`)
  })
  // What cannot be loaded is told by the events of the window; one that is closed meanwhile is no failure.
  void window.loadURL(`${APP_ORIGIN}/`).catch(() => undefined)
  return { window, loaded, drawn }
}
