import { join } from 'node:path'
import { app, BrowserWindow, powerMonitor } from 'electron'
import { DEFAULT_SETTINGS, type Settings } from '../../domain/settings.ts'
import { readEnvFile } from '../environment/env-file.ts'
import { readEnvironment, type StudioEnvironment } from '../environment.ts'
import type { StartStoreWorker } from '../store/start-store-worker.ts'
import { studioOpener } from '../studio.ts'
import { createStudioApi } from '../studio-api/create-studio-api.ts'
import { EventHub } from '../studio-api/event-hub.ts'
import { Notices } from '../studio-api/notices.ts'
import { holdAttention } from './attention.ts'
import { surviveCrashes, tellOfLostProcesses } from './crashes.ts'
import { desktopHandlers } from './desktop-handlers.ts'
import { DesktopServer } from './desktop-server.ts'
import type { Answers } from './doors.ts'
import { DragOut } from './drag-out.ts'
import { forkUtilityProcess } from './electron-fork.ts'
import { watchFirstScreen } from './first-screen.ts'
import { answerCalls, tellWindow } from './ipc.ts'
import { languageOf } from './language.ts'
import type { MainWindow } from './main-window.ts'
import { answerMedia } from './media-protocol.ts'
import { setMenu } from './menu.ts'
import { showWindow } from './show-window.ts'

export interface DesktopOptions {
  /** Its page is on its way. */
  readonly firstWindow: MainWindow
  readonly createWindow: () => MainWindow
  /** Where the built page lies. */
  readonly pageFolder: string
  /** The module engine processes run. */
  readonly engineEntry: string
  readonly storeWorker: StartStoreWorker
  /** The folder with models and places, where the environment names none. */
  readonly resources: string
  readonly programFolder: string
  /** Raised once the studio quits. */
  readonly quitting: AbortSignal
}

export interface Desktop {
  /** For what the page asks, which waits for the store. */
  readonly answers: Answers
  /** Resolves, once jobs are worked on or will not be, to what closes it all. */
  readonly opened: Promise<() => Promise<void>>
}

/** A desktop starts programs in the home folder, whose .env is not the studio's. */
function environmentOfDesktop(): StudioEnvironment {
  const named = process.env.APEX_ENV_FILE
  const file = app.isPackaged && !named ? null : readEnvFile(named || null)
  return readEnvironment({ variables: process.env, file })
}

/** The studio in a window: everything is wired here and nowhere else. */
export function openDesktop(options: DesktopOptions): Desktop {
  const { createWindow, pageFolder, engineEntry, storeWorker, resources, programFolder, quitting } = options
  const open = studioOpener({ engineEntry, storeWorker, fork: forkUtilityProcess, resources })
  const opening = Promise.resolve().then(() => open({ environment: environmentOfDesktop(), showLog: true }))
  const events = new EventHub()
  const notices = new Notices(events.tell)
  let window: BrowserWindow | null = null
  const shown = () => (window && !window.isDestroyed() ? window : null)
  const ready = opening.then((studio) => {
    const dragOut: DragOut = new DragOut(studio, (media) => api.fileOf(media), join(app.getPath('userData'), 'dragged'))
    const server: DesktopServer = new DesktopServer({ studio, api: () => api, pageFolder })
    const desktop = () => ({ ...desktopHandlers(shown, dragOut), ...server.handlers() })
    const api = createStudioApi({ studio, events, programFolder, desktop })
    return { studio, api, dragOut, server }
  })
  const firstScreen = watchFirstScreen(quitting)
  const answers: Answers = {
    call: answerCalls(shown, async (request) => {
      firstScreen.heard(request)
      return await (await ready).api.answer(request)
    }),
    media: answerMedia(async () => (await ready).api)
  }

  function adopt(main: MainWindow): void {
    const created = main.window
    window = created
    surviveCrashes(created, notices, opening)
    const tellState = () => {
      if (created.isDestroyed()) return
      events.tell('window.changed', { fullScreen: created.isFullScreen(), focused: created.isFocused() })
    }
    created.on('enter-full-screen', tellState)
    created.on('leave-full-screen', tellState)
    created.on('focus', tellState)
    created.on('blur', tellState)
    void showWindow(main, join(app.getPath('userData'), 'window.json'))
  }

  function show(): void {
    const opened = shown()
    if (opened?.isMinimized()) opened.restore()
    opened?.show()
    opened?.focus()
  }

  adopt(options.firstWindow)
  events.hear((message) => tellWindow(shown(), message))
  tellOfLostProcesses(notices)
  app.on('second-instance', show)
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) adopt(createWindow())
  })
  let settings: Settings = DEFAULT_SETTINGS
  const language = () => languageOf(settings.language, app.getLocale())
  const buildMenu = () =>
    setMenu({ settings, language: language(), onCommand: (command) => events.tell('menu.command', { command }) })
  buildMenu()

  async function begin(): Promise<() => Promise<void>> {
    const { studio, api, dragOut, server } = await ready
    settings = await studio.settings.get()
    events.on('settings.changed', (changed) => {
      settings = changed
      buildMenu()
    })
    buildMenu()
    const letGo = holdAttention({ events, window: shown, settings: () => settings, language, onOpen: show })
    // Other workers may have taken this machine for dead while it slept.
    powerMonitor.on('resume', () => void studio.manager.renewLeases().catch(() => undefined))
    if (await firstScreen.stands) {
      await api.start()
      await studio.manager.start()
      await server.start()
    }
    return async () => {
      letGo()
      await server.stop()
      await api.stop()
      await studio.close()
      await dragOut.clear().catch(() => undefined)
    }
  }

  return { answers, opened: begin() }
}
