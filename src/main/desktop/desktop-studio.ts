import { join } from 'node:path'
import { app, BrowserWindow, powerMonitor } from 'electron'
import type { Settings } from '../../domain/settings.ts'
import type { Studio } from '../studio.ts'
import { createStudioApi } from '../studio-api/create-studio-api.ts'
import { serveApp } from './app-protocol.ts'
import { holdAttention } from './attention.ts'
import { surviveCrashes, tellOfLostProcesses } from './crashes.ts'
import { desktopHandlers } from './desktop-handlers.ts'
import { DragOut } from './drag-out.ts'
import { denyPermissions } from './hardening.ts'
import { serveCalls, tellWindow } from './ipc.ts'
import { languageOf } from './language.ts'
import { openMainWindow } from './main-window.ts'
import { serveMedia } from './media-protocol.ts'
import { setMenu } from './menu.ts'

export interface DesktopOptions {
  readonly studio: Studio
  /** Built page and preload script. */
  readonly rendererFolder: string
  readonly preload: string
  readonly programFolder: string
}

/** The studio in a window: everything is wired here and nowhere else. Resolves, once the window is open, to what closes it. */
export async function openDesktop({
  studio,
  rendererFolder,
  preload,
  programFolder
}: DesktopOptions): Promise<() => Promise<void>> {
  let window: BrowserWindow | null = null
  let settings: Settings = await studio.settings.get()
  const shown = () => (window && !window.isDestroyed() ? window : null)
  const dragFolder = join(app.getPath('userData'), 'dragged')
  const dragOut = new DragOut(studio, (media) => api.fileOf(media), dragFolder)
  const api = createStudioApi({ studio, programFolder, desktop: () => desktopHandlers(shown, dragOut) })
  const language = () => languageOf(settings.language, app.getLocale())

  const buildMenu = () =>
    setMenu({ settings, language: language(), onCommand: (command) => api.events.tell('menu.command', { command }) })

  async function open(): Promise<void> {
    await openMainWindow({ preload, stateFile: join(app.getPath('userData'), 'window.json'), onCreated })
  }

  function onCreated(created: BrowserWindow): void {
    window = created
    surviveCrashes(created, api.notices)
    const tellState = () => {
      if (created.isDestroyed()) return
      api.events.tell('window.changed', { fullScreen: created.isFullScreen(), focused: created.isFocused() })
    }
    created.on('enter-full-screen', tellState)
    created.on('leave-full-screen', tellState)
    created.on('focus', tellState)
    created.on('blur', tellState)
  }

  function show(): void {
    const open = shown()
    if (open?.isMinimized()) open.restore()
    open?.show()
    open?.focus()
  }

  denyPermissions()
  serveApp(rendererFolder)
  serveMedia((media) => api.fileOf(media), api.mediaRoots)
  serveCalls(shown, (request) => api.answer(request))
  api.onEvent((message) => tellWindow(shown(), message))
  api.events.on('settings.changed', (changed) => {
    settings = changed
    buildMenu()
  })
  buildMenu()
  tellOfLostProcesses(api.notices)
  const letGo = holdAttention({ api, window: shown, settings: () => settings, language, onOpen: show })
  // Other workers may have taken this machine for dead while it slept.
  powerMonitor.on('resume', () => void studio.manager.renewLeases().catch(() => undefined))
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) void open()
  })
  app.on('second-instance', show)
  await open()
  // After the window: what the queue does must not keep it from opening.
  await api.start()
  await studio.manager.start()

  return async () => {
    letGo()
    await api.stop()
    await studio.close()
    await dragOut.clear().catch(() => undefined)
  }
}
