import { contextBridge, type IpcRendererEvent, ipcRenderer, webUtils } from 'electron'
import { CALL_CHANNEL, EVENT_CHANNEL, MEDIA_BASE } from '../contract/studio/channels.ts'
import { STUDIO_GLOBAL, type StudioWindow } from '../contract/studio/window.ts'
import { STUDIO_VERSION } from '../domain/studio-version.ts'

/** Told before the page listened, e.g. why it was loaded anew; handed to its first listener. */
const early: unknown[] = []
const MOST_EARLY = 200
const keep = (_event: IpcRendererEvent, message: unknown) => {
  if (early.length < MOST_EARLY) early.push(message)
}
ipcRenderer.on(EVENT_CHANNEL, keep)

const studio: StudioWindow = {
  contractVersion: 1,
  version: STUDIO_VERSION,
  mediaBase: MEDIA_BASE,
  call: (request) => ipcRenderer.invoke(CALL_CHANNEL, request),
  listen(listener) {
    // The event itself would hand the page a way to send on any channel.
    const hear = (_event: IpcRendererEvent, message: unknown) => listener(message)
    ipcRenderer.on(EVENT_CHANNEL, hear)
    ipcRenderer.off(EVENT_CHANNEL, keep)
    for (const message of early.splice(0)) listener(message)
    return () => ipcRenderer.off(EVENT_CHANNEL, hear)
  },
  pathOf: (file) => webUtils.getPathForFile(file) || null
}
contextBridge.exposeInMainWorld(STUDIO_GLOBAL, studio)
