import { join } from 'node:path'
import { app, BrowserWindow, powerMonitor } from 'electron'
import { DEFAULT_SETTINGS, type Settings } from '../../domain/settings.ts'
import type { Studio } from '../studio.ts'
import { createStudioApi } from '../studio-api/create-studio-api.ts'
import { EventHub } from '../studio-api/event-hub.ts'
import { Notices } from '../studio-api/notices.ts'
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
  /** On its way: the window does not wait for the store, and what its page asks does. */
  readonly opening: Promise<Studio>
  /** Built page and preload script. */
  readonly rendererFolder: string
  readonly preload: string
  readonly programFolder: string
}

/** The studio in a window: everything is wired here and nowhere else. Resolves, once jobs are worked on, to what closes it. */
export async function openDesktop(options: DesktopOptions): Promise<() => Promise<void>> {
  const { opening, rendererFolder, preload, programFolder } = options
  const events = new EventHub()
  const notices = new Notices(events.tell)
  let window: BrowserWindow | null = null
  const shown = () => (window && !window.isDestroyed() ? window : null)
  const ready = opening.then((studio) => {
    const dragOut: DragOut = new DragOut(studio, (media) => api.fileOf(media), join(app.getPath('userData'), 'dragged'))
    const api = createStudioApi({ studio, events, programFolder, desktop: () => desktopHandlers(shown, dragOut) })
    return { studio, api, dragOut }
  })

  function onCreated(created: BrowserWindow): void {
    window = created
    surviveCrashes(created, notices)
    const tellState = () => {
      if (created.isDestroyed()) return
      events.tell('window.changed', { fullScreen: created.isFullScreen(), focused: created.isFocused() })
    }
    created.on('enter-full-screen', tellState)
    created.on('leave-full-screen', tellState)
    created.on('focus', tellState)
    created.on('blur', tellState)
  }

  const open = () => openMainWindow({ preload, stateFile: join(app.getPath('userData'), 'window.json'), onCreated })

  function show(): void {
    const opened = shown()
    if (opened?.isMinimized()) opened.restore()
    opened?.show()
    opened?.focus()
  }

  denyPermissions()
  serveApp(rendererFolder)
  serveMedia(async () => (await ready).api)
  serveCalls(shown, async (request) => await (await ready).api.answer(request))
  events.hear((message) => tellWindow(shown(), message))
  tellOfLostProcesses(notices)
  app.on('second-instance', show)
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) void open()
  })
  let settings: Settings = DEFAULT_SETTINGS
  const language = () => languageOf(settings.language, app.getLocale())
  const buildMenu = () =>
    setMenu({ settings, language: language(), onCommand: (command) => events.tell('menu.command', { command }) })
  // Before the window: Electron's own menu leads out of the studio.
  buildMenu()
  const opened = open()
  const [{ studio, api, dragOut }] = await Promise.all([ready, opened])

  settings = await studio.settings.get()
  events.on('settings.changed', (changed) => {
    settings = changed
    buildMenu()
  })
  buildMenu()
  const letGo = holdAttention({ events, window: shown, settings: () => settings, language, onOpen: show })
  // Other workers may have taken this machine for dead while it slept.
  powerMonitor.on('resume', () => void studio.manager.renewLeases().catch(() => undefined))
  await api.start()
  await studio.manager.start()

  return async () => {
    letGo()
    await api.stop()
    await studio.close()
    await dragOut.clear().catch(() => undefined)
  }
}
