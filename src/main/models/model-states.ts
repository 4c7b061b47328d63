import { StudioError } from '../../domain/errors.ts'
import { ByteRanges } from '../../domain/models/byte-ranges.ts'
import type { CatalogueModel } from '../../domain/models/catalogue-model.ts'
import type { ModelState } from '../../domain/models/model-state.ts'
import { say } from '../../domain/sentences/say.ts'
import { readRecord } from './download/download-record.ts'
import { readInstalled, shortFiles } from './install/read-installed.ts'
import type { ModelFolders } from './model-folders.ts'

type Found = Pick<ModelState, 'state' | 'progress' | 'folder' | 'bytes'> & { readonly error: StudioError | null }

/** What the drive says of a model. */
export async function stateOf(model: CatalogueModel, folders: ModelFolders): Promise<Found> {
  const folder = folders.installed(model.id)
  const installed = await readInstalled(folder)
  const short = installed && (await shortFiles(folder, installed))
  if (installed && short?.length === 0) {
    const bytes = installed.files.reduce((sum, file) => sum + file.bytes, 0)
    return { state: 'installed', progress: null, folder, bytes, error: null }
  }
  const error = short
    ? new StudioError('model-damaged', say('error-model-not-whole', { model: model.name, files: short.join(', ') }), {
        hint: say('hint-install-again')
      })
    : null
  const record = await readRecord(folders.download(model.id))
  if (!record) return { state: 'absent', progress: null, folder: null, bytes: 0, error }
  const total = record.files.reduce((sum, { bytes }) => sum + bytes, 0)
  const done = record.files.reduce((sum, { held }) => sum + new ByteRanges(held).bytes, 0)
  const progress = { done, total, bytesPerSecond: null, leftMs: null }
  return { state: 'partial', progress, folder: null, bytes: done, error }
}
