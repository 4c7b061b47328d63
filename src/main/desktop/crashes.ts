import { app, type BrowserWindow } from 'electron'
import { StudioError } from '../../domain/errors.ts'
import type { Studio } from '../studio.ts'
import type { Notices } from '../studio-api/notices.ts'
import { APP_ORIGIN } from './app-protocol.ts'

/** A page that crashes more often than this in a minute is not loaded again: it would crash for ever. */
const MOST_IN_A_MINUTE = 3
const MINUTE_MS = 60_000

/** Survives a crash of the page or of one of Chromium's processes, and says so. Jobs go on in the meantime. */
export function surviveCrashes(window: BrowserWindow, notices: Notices, opening: Promise<Studio>): void {
  const tell = (fields: object, says: string) =>
    // A studio that cannot be opened says so by itself.
    void opening.then(({ log }) => log.error(fields, says)).catch(() => undefined)

  let crashes: number[] = []
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return
    const now = Date.now()
    crashes = [...crashes.filter((at) => now - at < MINUTE_MS), now]
    tell({ reason, exitCode }, 'the page ended')
    if (crashes.length > MOST_IN_A_MINUTE || window.isDestroyed()) return
    window.webContents.once('did-finish-load', () =>
      notices.say({
        level: 'warning',
        code: 'renderer-restarted',
        message: 'The window had to be drawn anew. Jobs went on in the meantime, and nothing was lost.',
        hint: reason === 'oom' ? 'Close other programs if it happens again.' : null
      })
    )
    void window.loadURL(`${APP_ORIGIN}/`)
  })
  window.webContents.on('unresponsive', () => tell({}, 'the page does not answer'))
}

/** Engine processes have their own supervisor, which knows what they were doing; this tells of the others. */
export function tellOfLostProcesses(notices: Notices): void {
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    if (type === 'Utility' || reason === 'clean-exit') return
    const message = `A process of the window ended (${type}, ${reason}, ${exitCode}).`
    notices.sayError(
      new StudioError('internal', message, { hint: 'Nothing needs to be done; it starts again by itself.' }),
      'warning'
    )
  })
}
