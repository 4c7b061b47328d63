import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { createStudioClient, type StudioClient } from '../src/contract/studio/client.ts'
import { EXECUTABLE_VARIABLE } from './global-setup.ts'

/** Chromium's sandbox refuses to run as root; the variable, which Electron reads too, is for machines that forbid it. */
export const SANDBOXED = process.getuid?.() !== 0 && process.env.ELECTRON_DISABLE_SANDBOX === undefined

export interface StudioApp {
  readonly app: ElectronApplication
  readonly page: Page
  /** The studio as its page reaches it: through `window.studio`, and so through IPC. */
  readonly studio: StudioClient
  /** Every breach of the content security policy and every error of the page, from its first moment. */
  readonly complaints: readonly string[]
  readonly folder: string
  /** Closes the window as a user would, and waits for the program to end. */
  quit(): Promise<void>
}

export interface LaunchOptions {
  /** Of an earlier launch, to go on with; a new one is made where it is left out. */
  readonly folder?: string
  readonly environment?: Readonly<Record<string, string>>
  /** Run by this program instead of directly; it gets the path of Electron and its arguments. */
  readonly through?: string
}

/** Starts the built studio on a data folder of its own. */
export async function launchStudio({
  folder: wanted,
  environment = {},
  through
}: LaunchOptions = {}): Promise<StudioApp> {
  const folder = wanted ?? (await mkdtemp(join(tmpdir(), 'studio-e2e-')))
  const complaints: string[] = []
  const electron = process.env[EXECUTABLE_VARIABLE] ?? ''
  const app = await _electron.launch({
    executablePath: through ?? electron,
    chromiumSandbox: SANDBOXED || through !== undefined,
    args: [`--user-data-dir=${join(folder, 'profile')}`, '.'],
    env: { ...inherited(), APEX_DATA_FOLDER: join(folder, 'data'), ELECTRON: electron, ...environment }
  })
  const page = await app.firstWindow()
  // Nothing is looked at, or measured for contrast, half way through a transition.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  await page.waitForLoadState('load')
  return {
    app,
    page,
    studio: studioOf(page),
    complaints,
    folder,
    quit: () => app.close()
  }
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
}

function inherited(): Record<string, string> {
  const entries = Object.entries(process.env)
  return Object.fromEntries(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}

/** The typed client over the page's own transport. Events are polled out of the page. */
export function studioOf(page: Page): StudioClient {
  return createStudioClient({
    mediaBase: 'studio-media://',
    call: (request) => page.evaluate((asked) => window.studio.call(asked), request),
    listen(listener) {
      const name = `heard${Math.random().toString(36).slice(2)}`
      void page.exposeFunction(name, listener).then(() =>
        page.evaluate((exposed) => {
          const tell: unknown = Reflect.get(window, exposed)
          window.studio.listen((message) => typeof tell === 'function' && tell(message))
        }, name)
      )
      return () => undefined
    }
  })
}
