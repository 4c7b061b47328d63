import { DOWNLOAD_SETTINGS, type DownloadSettings } from './download/download-settings.ts'
import { hubDispatcher } from './hub/hub-dispatcher.ts'
import { lookAtMachine } from './machine.ts'
import { ModelFolders } from './model-folders.ts'
import { ModelManager } from './model-manager.ts'
import { readCatalogue } from './read-catalogue.ts'

export interface OpenModels {
  readonly dataFolder: string
  readonly resources: string
  readonly hub: { readonly endpoint: string; readonly token: string | undefined }
  readonly settings?: DownloadSettings
}

/** The models of a data folder. @throws StudioError `model-catalogue-damaged`. */
export async function openModels({
  dataFolder,
  resources,
  hub,
  settings = DOWNLOAD_SETTINGS
}: OpenModels): Promise<ModelManager> {
  const folders = new ModelFolders(dataFolder)
  return new ModelManager({
    catalogue: await readCatalogue(resources, folders.root),
    folders,
    settings,
    access: {
      endpoint: hub.endpoint.replace(/\/+$/, ''),
      token: hub.token,
      dispatcher: hubDispatcher(),
      silenceMs: settings.silenceMs
    },
    machine: () => lookAtMachine(folders.root)
  })
}
