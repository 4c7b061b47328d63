import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { EXECUTABLE_VARIABLE } from '../../e2e/global-setup.ts'
import { SANDBOXED } from '../../e2e/studio-app.ts'

export interface Shown {
  readonly app: ElectronApplication
  readonly page: Page
}

/** Opens an empty window of the Electron that the studio runs in, of the same size. */
export async function launchPlainWindow(profile: string): Promise<Shown> {
  const app = await _electron.launch({
    executablePath: process.env[EXECUTABLE_VARIABLE] ?? '',
    chromiumSandbox: SANDBOXED,
    args: [`--user-data-dir=${profile}`, join('bench', 'window', 'plain-window')]
  })
  const page = await app.firstWindow()
  await page.waitForLoadState('load')
  return { app, page }
}

/** Windows take a moment to come to the front and to draw what they left undone. */
const SETTLE_MS = 700

/** Brings the window to the front with the other one hidden, whose page draws nothing then. */
export async function bringForward(wanted: Shown, other: Shown): Promise<void> {
  await other.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide())
  await wanted.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.show())
  await wanted.page.waitForTimeout(SETTLE_MS)
}
