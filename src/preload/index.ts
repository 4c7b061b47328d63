import { contextBridge } from 'electron'
import { STUDIO_GLOBAL, type StudioWindow } from '../contract/studio-window.ts'
import { STUDIO_VERSION } from '../domain/studio-version.ts'

const studio: StudioWindow = { contractVersion: 1, version: STUDIO_VERSION }
contextBridge.exposeInMainWorld(STUDIO_GLOBAL, studio)
