import { BrowserWindow, screen } from 'electron'
import { APP_ORIGIN } from './app-protocol.ts'
import { keepWindowState, reachable, readWindowState } from './window-state.ts'

/** Panel grey of the interface: no flash of another colour before the page is drawn. */
const BACKGROUND = '#202020'
/** Works from here up to 5K. */
const SMALLEST = { width: 1100, height: 700 }
const USUAL = { width: 1440, height: 900 }

export interface MainWindowOptions {
  readonly preload: string
  /** Where the window's place and size are kept. */
  readonly stateFile: string
  /** Before its page is loaded: the page may ask the studio at once. */
  readonly onCreated: (window: BrowserWindow) => void
}

/** Opens the one window of the studio where it was last; it is shown when its page has been drawn. */
export async function openMainWindow({ preload, stateFile, onCreated }: MainWindowOptions): Promise<void> {
  const kept = await readWindowState(stateFile)
  const state =
    kept &&
    reachable(
      kept,
      screen.getAllDisplays().map(({ workArea }) => workArea)
    )
  const window = new BrowserWindow({
    ...(state?.bounds ?? USUAL),
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
  if (state?.maximized) window.maximize()
  if (state?.fullScreen) window.setFullScreen(true)
  window.once('ready-to-show', () => window.show())
  window.on('close', () =>
    keepWindowState(stateFile, {
      bounds: window.getNormalBounds(),
      maximized: window.isMaximized(),
      fullScreen: window.isFullScreen()
    })
  )
  // about:blank asks nobody before it goes there.
  window.webContents.on('did-navigate', (_event, url) => {
    if (!url.startsWith(`${APP_ORIGIN}/`)) void window.loadURL(`${APP_ORIGIN}/`)
  })
  onCreated(window)
  await window.loadURL(`${APP_ORIGIN}/`)
}
