import { screen } from 'electron'
import type { MainWindow } from './main-window.ts'
import { keepWindowState, reachable, readWindowState } from './window-state.ts'

/** Shows a new window where it was last, once its page has been drawn, and keeps in `stateFile` where it is closed. */
export async function showWindow({ window, drawn }: MainWindow, stateFile: string): Promise<void> {
  window.on('close', () =>
    keepWindowState(stateFile, {
      bounds: window.getNormalBounds(),
      maximized: window.isMaximized(),
      fullScreen: window.isFullScreen()
    })
  )
  const kept = await readWindowState(stateFile)
  if (window.isDestroyed()) return
  const screens = screen.getAllDisplays().map(({ workArea }) => workArea)
  const state = kept && reachable(kept, screens)
  if (state) {
    window.setBounds(state.bounds)
    if (state.maximized) window.maximize()
    if (state.fullScreen) window.setFullScreen(true)
  }
  await drawn
  if (!window.isDestroyed()) window.show()
}
