import { contextBridge, type IpcRendererEvent, ipcRenderer, webUtils } from 'electron'
import { CALL_CHANNEL, EVENT_CHANNEL, MEDIA_BASE } from '../contract/studio/channels.ts'
import { STUDIO_GLOBAL, type StudioWindow } from '../contract/studio/window.ts'
import { STUDIO_VERSION } from '../domain/studio-version.ts'

const studio: StudioWindow = {
  contractVersion: 1,
  version: STUDIO_VERSION,
  mediaBase: MEDIA_BASE,
  call: (request) => ipcRenderer.invoke(CALL_CHANNEL, request),
  listen(listener) {
    // The event itself would hand the page a way to send on any channel.
    const hear = (_event: IpcRendererEvent, message: unknown) => listener(message)
    ipcRenderer.on(EVENT_CHANNEL, hear)
    return () => ipcRenderer.off(EVENT_CHANNEL, hear)
  },
  pathOf: (file) => webUtils.getPathForFile(file) || null
}
contextBridge.exposeInMainWorld(STUDIO_GLOBAL, studio)
