import type { CatalogueModel } from '../../domain/models/catalogue-model.ts'
import { DOWNLOAD_SETTINGS, type DownloadSettings } from './download/download-settings.ts'
import type { HubAccess } from './hub/hub-request.ts'
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

/** The models of a data folder. Reads nothing yet. */
export function openModels({ dataFolder, resources, hub, settings = DOWNLOAD_SETTINGS }: OpenModels): ModelManager {
  const folders = new ModelFolders(dataFolder)
  let catalogue: readonly CatalogueModel[] | null = null
  let access: HubAccess | null = null
  return new ModelManager({
    folders,
    settings,
    async catalogue() {
      catalogue ??= await readCatalogue(resources, folders.root)
      return catalogue
    },
    async access() {
      const { hubDispatcher } = await import('./hub/hub-dispatcher.ts')
      access ??= {
        endpoint: hub.endpoint.replace(/\/+$/, ''),
        token: hub.token,
        dispatcher: hubDispatcher(),
        silenceMs: settings.silenceMs
      }
      return access
    },
    machine: () => lookAtMachine(folders.root)
  })
}
